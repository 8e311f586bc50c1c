import { defineConfig } from "vitest/config";

/** The tests in a real browser against the real server. They share one server, so files run one after the other. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    globalSetup: ["./e2e/harness/setup.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000, interval: 200 } },
    teardownTimeout: 60_000,
  },
});
