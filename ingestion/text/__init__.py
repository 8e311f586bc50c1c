"""What is done to text: cleaning (`clean`), search terms (`terms`) and sparse vectors (`sparse`)."""
