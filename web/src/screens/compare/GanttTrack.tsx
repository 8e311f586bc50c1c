import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { spoken } from "../../i18n";
import { day } from "../../time";
import type { Bar, Scale } from "./gantt";

const HEIGHT = 32;
const MIDDLE = HEIGHT / 2;
const MARK = "stroke-quiet [stroke-dasharray:3_3]";

/** The bar of a commitment; what it shows is said in words beside it. */
export function Track({ bar, scale }: { bar: Bar; scale: Scale }) {
  const { promised, due, wasDue, done } = bar;
  const end = done ?? due;
  const colour = done !== null ? "text-good" : bar.item.status === "dropped" ? "text-bad" : "text-accent";
  const x = (date: string) => `${scale.at(date)}%`;
  return (
    <svg aria-hidden="true" width="100%" height={HEIGHT} overflow="visible" className={`block ${colour}`}>
      {scale.ticks.map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} className="stroke-line" />
      ))}
      <line x1={x(scale.mark.day)} x2={x(scale.mark.day)} y1={0} y2={HEIGHT} className={MARK} />
      {end !== null && (
        <line
          x1={x(promised)}
          x2={x(end)}
          y1={MIDDLE}
          y2={MIDDLE}
          strokeWidth={6}
          className="stroke-current opacity-35"
        />
      )}
      <At x={x(promised)}>
        <Promised />
      </At>
      {wasDue.map((date) => (
        <At key={date} x={x(date)}>
          <WasDue />
        </At>
      ))}
      {due !== null && (
        <At x={x(due)}>
          <Due />
        </At>
      )}
      {done !== null && (
        <At x={x(done)}>
          <Done />
        </At>
      )}
    </svg>
  );
}

/** The days below which the bars stand. */
export function Axis({ scale }: { scale: Scale }) {
  const written = new Intl.DateTimeFormat(spoken(), { month: "short", day: "numeric", timeZone: "UTC" });
  const last = scale.ticks.length - 1;
  const side = (at: number) => (at === 0 ? "" : at === last ? "-translate-x-full" : "-translate-x-1/2");
  return (
    <div aria-hidden="true" className="relative h-6 text-quiet text-xs">
      {scale.ticks.map((tick, at) => (
        <span key={tick} className={`absolute whitespace-nowrap ${side(at)}`} style={{ left: `${scale.at(tick)}%` }}>
          {written.format(Date.parse(tick))}
        </span>
      ))}
    </div>
  );
}

/** What the signs mean. */
export function Legend({ mark }: { mark: Scale["mark"] }) {
  const { t } = useTranslation("compare");
  return (
    <figcaption className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-quiet text-sm">
      <Sign name={t("legend_promised")}>
        <Promised />
      </Sign>
      <Sign name={t("legend_was_due")}>
        <WasDue />
      </Sign>
      <Sign name={t("legend_due")}>
        <Due />
      </Sign>
      <Sign name={t("legend_done")}>
        <Done />
      </Sign>
      <Sign name={`${mark.today ? t("today") : t("as_of")} ${day(mark.day, spoken())}`}>
        <line y1={-MIDDLE} y2={MIDDLE} className={MARK} />
      </Sign>
    </figcaption>
  );
}

function Sign({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" viewBox="-8 -8 16 16" className="size-4 text-accent">
        {children}
      </svg>
      {name}
    </span>
  );
}

/** A sign at a place in percent; nested, since a transform takes no percent. */
function At({ x, children }: { x: string; children: ReactNode }) {
  return (
    <svg aria-hidden="true" x={x} y={MIDDLE} overflow="visible">
      {children}
    </svg>
  );
}

const Promised = () => <circle r={4} className="fill-current" />;
const Due = () => <path d="M0 -6 L6 0 L0 6 L-6 0 Z" className="fill-raised stroke-2 stroke-current" />;
const WasDue = () => <line y1={-7} y2={7} className="stroke-2 stroke-current" />;
const Done = () => <path d="M-5 0 L-1.5 4 L6 -5" fill="none" className="stroke-[3] stroke-current" />;
