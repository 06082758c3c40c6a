import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay } from "@/lib/format";
import type { ExitOverview, HeadlineKey } from "@/lib/stage/queries/exit-overview";
import { CRITERION_PATHS, ROLLBACK_ANSWERS, ROLLBACK_LEVELS, STATUS_WORDS } from "./exit-words";

const HEADLINES: readonly { key: HeadlineKey; label: string; path: string; none: string }[] = [
  { key: "readiness", label: "Exit readiness", path: "readiness", none: "unknown" },
  { key: "coverage", label: "Criteria answered", path: "readiness", none: "unknown" },
  { key: "completeness", label: "Data room filed", path: "data-room", none: "no data room" },
  { key: "findings", label: "Findings, effect on price", path: "data-room", none: "no data room" },
  { key: "buyers", label: "Qualified buyers", path: "buyers", none: "no buyer entered" },
  { key: "equity", label: "Equity value", path: "valuation", none: "not valued" },
  { key: "equityLow", label: "Equity value, low", path: "valuation", none: "not valued" },
  { key: "equityHigh", label: "Equity value, high", path: "valuation", none: "not valued" },
  { key: "group", label: "Net proceeds of the group", path: "valuation", none: "not known" },
];

/** Where exit preparation stands: the figures, the criteria of 40.2 with what is missing, what could send it back. */
export function ExitOverviewPanel({ overview, orders }: { overview: ExitOverview; orders: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-9">
      <Standing overview={overview} orders={orders} />
      <Headlines overview={overview} />
      <Criteria overview={overview} />
      <Rollbacks overview={overview} />
    </div>
  );
}

function Standing({ overview, orders }: { overview: ExitOverview; orders: ReactNode }) {
  const { preparation, stageOpen, open } = overview;
  const running = preparation && (preparation.status === "running" || preparation.status === "paused");
  return (
    <Section title="Exit preparation (40.2)" aside={preparation ? STATUS_WORDS[preparation.status] : "not started"}>
      <div className="grid gap-3">
        {running ? (
          <p className="prose-width">
            Began {formatDay(preparation.startedOn)}.{" "}
            {preparation.lastCheck
              ? `Last check ${formatDay(preparation.lastCheck)}, next ${formatDay(preparation.nextCheckOn)}.`
              : "The first check is under way."}{" "}
            {preparation.reason}
          </p>
        ) : (
          <p className="prose-width text-muted">
            {!stageOpen
              ? "The venture is not in stage 40, so its exit is not prepared."
              : open
                ? "40.2 is open, but its regular checks are not running: no rule that could send it back is watched."
                : "Not started. Once started, buyers, due diligence and valuation are looked at regularly, beside growth."}{" "}
            {preparation?.reason}
          </p>
        )}
        {stageOpen ? orders : null}
      </div>
    </Section>
  );
}

const reachedWords = (ready: boolean | null): string =>
  ready === null ? "not known" : ready ? "reached" : "not reached";

function Headlines({ overview: { headline, venture, valuedOn, target, ready, gates } }: { overview: ExitOverview }) {
  return (
    <Section title="Where it stands" aside={valuedOn ? `valued ${formatDay(valuedOn)}` : "not valued"}>
      <div className="grid gap-3">
        <dl className="grid gap-x-8 sm:grid-cols-2">
          {HEADLINES.map(({ key, label, path, none }) => {
            const figure = headline[key];
            return (
              <div key={key} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
                <dt className="min-w-0 text-muted">
                  <TextLink href={`/ventures/${venture.slug}/exit/${path}`} quiet>
                    {label}
                  </TextLink>
                </dt>
                <dd className="shrink-0">{figure ? <FigureValue figure={figure} /> : none}</dd>
              </div>
            );
          })}
        </dl>
        <p className="prose-width text-sm text-muted">
          The profile asks for readiness of {target}: {reachedWords(ready)}.{" "}
          {gates.length > 0 ? `Red flags hold the band down: ${gates.join(", ")}.` : "No red flag stands."} The window
          of the market is on the <TextLink href={`/ventures/${venture.slug}/exit/timing`}>timing</TextLink> page.
        </p>
      </div>
    </Section>
  );
}

function Criteria({ overview: { criteria, venture, unanswered } }: { overview: ExitOverview }) {
  return (
    <Section title="Done when">
      <ul className="grid gap-3">
        {criteria.map(({ id, label, rule, met, missing }) => (
          <li key={id} className="grid gap-1 border-b border-line pb-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <TextLink href={`/ventures/${venture.slug}/exit/${CRITERION_PATHS[id]}`} quiet className="font-medium">
                {label}
              </TextLink>
              <Level level={met ? "healthy" : "warning"} word={met ? "met" : "not met"} />
            </p>
            <p className="prose-width text-sm text-muted">{rule}.</p>
            {missing.length > 0 ? (
              <ul className="list-disc pl-5">
                {missing.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
      {unanswered.length > 0 ? (
        <p className="prose-width mt-3 text-sm text-muted">
          Nobody has answered, and no data tell: {unanswered.join(", ")}.
        </p>
      ) : null}
    </Section>
  );
}

function Rollbacks({ overview: { rollbacks, venture } }: { overview: ExitOverview }) {
  const all = <TextLink href={`/ventures/${venture.slug}/deal/rollbacks`}>All, and who decided</TextLink>;
  return (
    <Section title="What could send it back" aside={all}>
      {rollbacks.length === 0 ? (
        <p className="prose-width text-muted">These rules are watched while exit preparation runs.</p>
      ) : (
        <ul className="grid gap-2">
          {rollbacks.map(({ kind, state, on, sentence }) => (
            <li key={kind} className="grid gap-1 border-b border-line pb-2">
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span>{sentence}</span>
                <Level {...ROLLBACK_LEVELS[state]} />
              </p>
              <p className="text-sm text-muted">
                {on && state !== "holds" ? `On ${formatDay(on)}, if nothing changes. ` : ""}
                {ROLLBACK_ANSWERS[kind]}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
