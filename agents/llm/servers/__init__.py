"""Chat models behind servers: one protocol, spoken as each kind of server speaks it, with patience."""
