import type { TestProject } from "vitest/node";
import { checkPrepared } from "./paths.ts";
import { sampleServer } from "./samples.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server over the sample meetings. */
    url: string;
    /** Its data home. */
    home: string;
  }
}

/** Starts one server over the sample meetings for every test of the run. */
export default async function setup(project: TestProject) {
  checkPrepared();
  const { server, end } = await sampleServer();
  project.provide("url", server.url);
  project.provide("home", server.home);
  return end;
}
