"use client";

import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { errorSentence } from "@/components/ui/error-sentence";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { formatDay, formatFigure, plural } from "@/lib/format";
import { explain } from "@/lib/reports/actions";
import type { FoundContradiction } from "@/lib/reports/queries/contradictions";
import { kindWords, reportHref, reportsHref, roomOfKind } from "@/lib/reports/schema";
import { isWritten } from "./outputs";
import { WriteButton } from "./write-button";

/** The others are folded away. */
const AT_ONCE = 3;
const REFUSALS = { SOLVED: "This difference is solved already; the page shows how it stands." };

type HeldNoticeProps = {
  contradictions: readonly FoundContradiction[];
  venture: { id: string; slug: string };
  mayWrite: boolean;
  /** All reports of the venture, instead of one that is read. */
  all?: boolean;
};

/** Why a report does not go out: what it says, what the other one says, and the two ways to solve it. */
export function HeldNotice({ contradictions, venture, mayWrite, all = false }: HeldNoticeProps) {
  const open = contradictions.filter(({ explanation }) => explanation === null);
  const explained = contradictions.filter(({ explanation }) => explanation !== null);
  if (contradictions.length === 0) return null;
  return (
    <div className="grid gap-3">
      {open.length > 0 ? (
        <Notice level="critical" word="not released">
          {plural(open.length, "figure")} {all ? "in reports" : "of this report"} {open.length === 1 ? "has" : "have"}{" "}
          two values. No file of {all ? "these reports" : "it"} is made before the older report is written anew, or the
          difference is explained.
        </Notice>
      ) : null}
      <Differences open={open.slice(0, AT_ONCE)} venture={venture} mayWrite={mayWrite} />
      {open.length > AT_ONCE ? (
        <Disclosure summary={`${open.length - AT_ONCE} more`}>
          <Differences open={open.slice(AT_ONCE)} venture={venture} mayWrite={mayWrite} />
        </Disclosure>
      ) : null}
      {open.length > 0 && mayWrite ? <Rewrite open={open} venture={venture} /> : null}
      {explained.map(({ key, label, explanation }) => (
        <Notice key={key} word="explained">
          {label}: {explanation?.reason} ({explanation?.by}, {formatDay(explanation?.at.slice(0, 10) ?? null)})
        </Notice>
      ))}
    </div>
  );
}

type DifferencesProps = Pick<HeldNoticeProps, "venture" | "mayWrite"> & { open: readonly FoundContradiction[] };

const Differences = ({ open, venture, mayWrite }: DifferencesProps) => (
  <ul className="grid gap-4">
    {open.map((one) => (
      <Difference key={one.key} one={one} venture={venture} mayWrite={mayWrite} />
    ))}
  </ul>
);

const MOST_DECIMALS = 8;

/** With as many decimals as it takes to tell the values apart: rounding must not hide what is being said. */
function apart(unit: string, values: readonly string[]): (value: string) => string {
  const text = (decimals: number | null) => (value: string) =>
    formatFigure({ value, unit }, decimals === null ? {} : { decimals });
  const differing = Array.from({ length: MOST_DECIMALS }, (_, index) => index + 1).find(
    (decimals) => new Set(values.map(text(decimals))).size > 1,
  );
  return new Set(values.map(text(null))).size > 1 ? text(null) : text(differing ?? null);
}

type DifferenceProps = { one: FoundContradiction; venture: { id: string; slug: string }; mayWrite: boolean };

function Difference({ one, venture, mayWrite }: DifferenceProps) {
  const { key, label, unit, asOf, sides, now } = one;
  const shown = { unit, label, asOf };
  const written = apart(unit, [...sides.map(({ value }) => value), ...(now ? [now.value] : [])]);
  return (
    <li className="grid gap-1 border-l-3 border-line pl-3">
      <p>
        <span className="font-medium">{label}</span> <span className="text-sm text-muted">as of {formatDay(asOf)}</span>
      </p>
      <ul className="grid gap-1 text-sm">
        {sides.map((side) => (
          <li key={`${side.id} ${side.figure.id} ${side.figure.revision}`}>
            <FigureValue figure={{ ...shown, ...side.figure, value: side.value }} written={written(side.value)} /> in{" "}
            <TextLink href={reportHref(venture.slug, side)}>
              {kindWords(side.kind)}, version {side.version}
            </TextLink>
            {side.under ? `, under “${side.under}”` : null}
            {side.current ? null : ", since corrected"}
          </li>
        ))}
        {now && !sides.some(({ current }) => current) ? (
          <li>
            <FigureValue figure={{ ...shown, ...now.figure, value: now.value }} written={written(now.value)} /> by the
            figure itself, as it stands now
          </li>
        ) : null}
      </ul>
      {mayWrite ? (
        <p data-print="none">
          <ExplainDialog
            ventureId={venture.id}
            keys={[key]}
            title={`Explain the two values of “${label}”?`}
            trigger={
              <Button variant="bare" aria-label={`Explain ${label}`}>
                Explain
              </Button>
            }
          />
        </p>
      ) : null}
    </li>
  );
}

type ExplainDialogProps = { ventureId: string; keys: string[]; title: string; trigger: ReactNode };

const ExplainDialog = ({ ventureId, keys, title, trigger }: ExplainDialogProps) => (
  <ReasonDialog
    title={title}
    description="The values stay as they are, and the reports go out again with your explanation. Should one of the values change, it no longer counts."
    trigger={trigger}
    confirmLabel="Explain"
    done="Explained."
    sentence={(refusal) => errorSentence(refusal, REFUSALS)}
    send={(reason) => explain({ ventureId, keys, reason })}
  />
);

/** The reports that are behind: those of rules by a press, those of agents where their agent works. */
function Rewrite({ open, venture }: { open: readonly FoundContradiction[]; venture: { id: string; slug: string } }) {
  const sides = open.flatMap((one) => {
    const behind = one.sides.filter(({ current }) => !current);
    return behind.length > 0 ? behind : one.sides.slice(-1);
  });
  const kinds = [...new Set(sides.map(({ kind }) => kind))];
  return (
    <div data-print="none" className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
      <span className="text-muted">Write anew:</span>
      {kinds.map((kind) =>
        isWritten(kind) ? (
          <WriteButton key={kind} ventureId={venture.id} kind={kind} />
        ) : (
          <TextLink key={kind} href={reportsHref(venture.slug, roomOfKind(kind)).replace(/\/reports$/, "")}>
            {kindWords(kind)}, where it is written
          </TextLink>
        ),
      )}
      {open.length > 1 ? (
        <ExplainDialog
          ventureId={venture.id}
          keys={open.map(({ key }) => key)}
          title={`Explain all ${open.length} differences with one reason?`}
          trigger={<Button>Explain all</Button>}
        />
      ) : null}
    </div>
  );
}
