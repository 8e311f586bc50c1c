import { afterEach, expect, test } from "vitest";
import { actionOf } from "./keys";

afterEach(() => document.body.replaceChildren());

/** What a key does while the first element of a page is in focus. */
function pressed(key: string, page = "<p></p>", held: KeyboardEventInit = {}) {
  document.body.innerHTML = page;
  let found: ReturnType<typeof actionOf> = null;
  const listen = (event: KeyboardEvent) => {
    found = actionOf(event);
  };
  window.addEventListener("keydown", listen, { once: true });
  document.body.firstElementChild?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...held }));
  return found;
}

test("keys play, move and edit, capital or not", () => {
  expect([" ", "k", "J", "L", "ArrowUp", "ArrowDown", "Enter", "e", "u", "?", "x"].map((key) => pressed(key))).toEqual([
    "toggle",
    "toggle",
    "back",
    "forward",
    "up",
    "down",
    "play",
    "edit",
    "undo",
    "help",
    null,
  ]);
});

test("nothing happens while somebody types, or holds another key", () => {
  for (const field of ["<input>", "<textarea></textarea>", "<select></select>", "<div role=dialog></div>"])
    expect(pressed("k", field)).toBeNull();
  expect(pressed("f", "<p></p>", { ctrlKey: true })).toBeNull();
  expect(pressed("k", "<p></p>", { metaKey: true })).toBeNull();
});

test("buttons keep their own keys, but the space pauses on the time of a line", () => {
  expect(pressed(" ", "<button></button>")).toBeNull();
  expect(pressed("Enter", "<button data-line></button>")).toBeNull();
  expect(pressed(" ", "<button data-line></button>")).toBe("toggle");
  expect(pressed("k", "<button></button>")).toBe("toggle");
});

test("a slider keeps its arrows, and leaves the other keys", () => {
  expect(pressed("ArrowUp", "<input type=range>")).toBeNull();
  expect(pressed(" ", "<input type=range>")).toBe("toggle");
});
