import { ReadableStream, TextDecoderStream } from "node:stream/web";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import "../src/i18n";

// what browsers have, and a page of jsdom in a context of its own does not
Object.assign(globalThis, { ReadableStream, TextDecoderStream });

afterEach(cleanup);
