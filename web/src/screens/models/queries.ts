import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";

export type Month = Schemas["MonthDocument"];
export type UsageRow = Schemas["UsageRowDocument"];
export type Budget = Schemas["BudgetDocument"];
export type Route = Schemas["RouteDocument"];
export type Model = Schemas["ModelDocument"];
export type Card = Schemas["CardDocument"];
export type PriceList = Schemas["PriceListDocument"];
export type Simulation = Schemas["SimulationDocument"];
export type Grouping = Schemas["By"];

/** The catalogue of models that run on this machine. */
export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/models", { signal })),
});

/** The cards of chat models that somebody sells. */
export const soldCardsQuery = queryOptions({
  queryKey: ["models", "cards"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/models/cards", { signal })),
  select: (cards) => cards.filter(({ prices }) => prices.length > 0),
});

/** What models took in a month, with a row for each of a grouping. */
export const usageQuery = (month: string, by: Grouping) =>
  queryOptions({
    queryKey: ["usage", month, by],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/usage", { params: { query: { month, by } }, signal })),
  });

/** Which model would do a piece of work; nothing runs. */
export const findRoute = (body: Schemas["NewRoute"]) => unwrap(client.POST("/api/v1/route", { body }));

/** What past calls would have cost on another tier table. */
export const simulate = (body: Schemas["NewSimulation"]) => unwrap(client.POST("/api/v1/usage/simulate", { body }));
