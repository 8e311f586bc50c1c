import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError } from "./api/client";
import { makeRouter } from "./app/router";
import { followTheme } from "./app/theme";
import { i18n } from "./i18n";
import "./style.css";

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce) setNonce(nonce);
followTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // the server is this machine's: it answers without a network too
      networkMode: "always",
      // what the server has refused it refuses again
      retry: (failures, error) => !(error instanceof ProblemError && error.status < 500) && failures < 2,
    },
    mutations: { networkMode: "always" },
  },
});
// what the server has said was said in the language before
i18n.on("languageChanged", () => void queries.invalidateQueries());
const router = makeRouter(queries);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
