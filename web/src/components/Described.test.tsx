import { render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { speak } from "../i18n";
import { Described } from "./Described";

afterEach(() => speak("en"));

test("what is described in the reader's language is shown in it", () => {
  speak("zh");
  render(<Described description="The port." description_zh="端口。" />);
  expect(screen.getByText("端口。")).toBeTruthy();
});

test("what is described in English alone is shown in it, and marked as English", () => {
  speak("zh");
  render(<Described description="Our own model." description_zh="" />);
  expect(screen.getByText("Our own model.").lang).toBe("en");
});
