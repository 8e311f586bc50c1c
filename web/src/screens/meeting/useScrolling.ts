import type { ReactVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import { usePlayer } from "../../player/Player";
import type { Target } from "./desk";

type Rows = ReactVirtualizer<Window, HTMLLIElement>;

const ELSEWHERE = "aside, [role=dialog], textarea";
const WRITTEN_IN = "textarea, input";
const SCROLLING_KEYS = ["PageUp", "PageDown", "Home", "End"];
const FRAMES_TO_FOCUS = 30;
/** The shares of the window between which the row that plays may stand, and where it is put when it does not. */
const VIEW = { top: 0.15, middle: 0.3, bottom: 0.7 };

/** How far an element is from the top of the page; it moves when what stands above it grows. */
export function usePageTop(element: RefObject<HTMLElement | null>, above: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (above.current === null) return;
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    const watcher = new ResizeObserver(measure);
    watcher.observe(above.current);
    measure();
    return () => watcher.disconnect();
  }, [element, above]);
  return top;
}

/** Shows the row that was gone to, and gives it the focus where that was asked for. */
export function useTarget(rows: Rows, target: Target | null): void {
  const show = useEffectEvent(({ row, focus }: Target) => {
    rows.scrollToIndex(row, { align: focus ? "auto" : "center" });
    return focus ? focusRow(row) : undefined;
  });
  useEffect(() => (target === null ? undefined : show(target)), [target]);
}

/** Gives the focus to a row's time once the row is on the page, unless somebody has begun to write; returns what calls it off. */
function focusRow(row: number): () => void {
  let frame = 0;
  const attempt = (left: number) => {
    if (document.activeElement?.matches(WRITTEN_IN)) return;
    const time = document.querySelector<HTMLElement>(`[data-line="${row}"]`);
    if (time !== null) time.focus({ preventScroll: true });
    else if (left > 0) frame = requestAnimationFrame(() => attempt(left - 1));
  };
  frame = requestAnimationFrame(() => attempt(FRAMES_TO_FOCUS));
  return () => cancelAnimationFrame(frame);
}

/** Goes along with the row that plays. */
export function useFollowing(rows: Rows, row: number, following: boolean): void {
  const { playing } = usePlayer();
  const show = useEffectEvent(() => {
    // what a hand drags to a moment must not move away under it
    if (document.querySelector("input[type=range]:active") !== null) return;
    const shown = rows.elementsCache.get(row)?.getBoundingClientRect();
    if (shown === undefined) return rows.scrollToIndex(row, { align: "center" });
    const [height, calm] = [window.innerHeight, window.matchMedia("(prefers-reduced-motion: reduce)").matches];
    if (shown.top > height * VIEW.top && shown.bottom < height * VIEW.bottom) return;
    window.scrollBy({ top: shown.top - height * VIEW.middle, behavior: calm ? "auto" : "smooth" });
  });
  useEffect(() => {
    if (following && playing && row >= 0) show();
  }, [following, playing, row]);
}

/** Stops following as soon as somebody scrolls by themselves. */
export function useOwnScrolling(following: boolean, follow: (following: boolean) => void): void {
  useEffect(() => {
    if (!following) return;
    const scrolled = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest(ELSEWHERE))) follow(false);
    };
    const pressed = (event: KeyboardEvent) => SCROLLING_KEYS.includes(event.key) && scrolled(event);
    // the scroll bar is beside the page
    const dragged = (event: PointerEvent) => event.clientX >= document.documentElement.clientWidth && scrolled(event);
    window.addEventListener("wheel", scrolled, { passive: true });
    window.addEventListener("touchmove", scrolled, { passive: true });
    window.addEventListener("keydown", pressed);
    window.addEventListener("pointerdown", dragged);
    return () => {
      window.removeEventListener("wheel", scrolled);
      window.removeEventListener("touchmove", scrolled);
      window.removeEventListener("keydown", pressed);
      window.removeEventListener("pointerdown", dragged);
    };
  }, [following, follow]);
}

/** Plays from a word that is clicked. By keyboard, lines are played by their times. */
export function useWordClicks(list: RefObject<HTMLElement | null>, playFrom: (seconds: number) => void): void {
  const clicked = useEffectEvent((event: MouseEvent) => {
    const word = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-from]") : null;
    const selecting = getSelection()?.isCollapsed === false;
    if (word !== null && !selecting) playFrom(Number(word.dataset.from));
  });
  useEffect(() => {
    const element = list.current;
    const heard = (event: MouseEvent) => clicked(event);
    element?.addEventListener("click", heard);
    return () => element?.removeEventListener("click", heard);
  }, [list]);
}
