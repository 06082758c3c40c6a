"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { FigureInputView, FigureProof } from "@/lib/figures/queries";
import { type FigureSource, type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatFigure, plural } from "@/lib/format";
import { preciseFigure } from "./precise-figure";
import { Recompute } from "./recompute";
import { SourceRows } from "./source-rows";

type BodyProps = { proof: FigureProof; onOpen: (figure: FigureView) => void; onRevision: (revision: number) => void };

export function ProofBody({ proof, onOpen, onRevision }: BodyProps) {
  const { figure, formula, method, inputs, sources, revisions } = proof;
  return (
    <div className="grid grid-cols-1 gap-5">
      <div>
        <p className="text-2xl tabular-nums">{figure.stale ? <s>{preciseFigure(figure)}</s> : preciseFigure(figure)}</p>
        {figure.value === null && figure.reason ? <p>{REASON_SENTENCES[figure.reason] ?? figure.reason}</p> : null}
        <p className="text-sm text-muted">
          as of {formatDay(figure.asOf)} · revision {figure.revision} of {revisions[0]?.revision ?? figure.revision}
        </p>
      </div>
      {figure.stale ? (
        <Notice level="warning" word="stale">
          {figure.stale}.
        </Notice>
      ) : null}
      <Section title="Formula">
        <p className="prose-width">{formula}</p>
        <p className="font-mono text-xs text-muted">
          {method} · {figure.id}
        </p>
      </Section>
      <Inputs inputs={inputs} onOpen={onOpen} />
      <Sources figure={figure} sources={sources} />
      <Recompute
        figureId={figure.id}
        given={sources.every((source) => source.kind === "given") && sources.length > 0}
        onRevision={onRevision}
      />
      <Revisions proof={proof} onRevision={onRevision} />
    </div>
  );
}

/** An input of several parts: {"low":0,"high":1} is "low 0, high 1". */
function spoken(value: FigureInputView["value"]): FigureInputView["value"] {
  if (typeof value !== "string" || !/^\{.*\}$/.test(value)) return value;
  const parts = partsOf(value);
  if (!parts || Object.values(parts).some((part) => typeof part === "object")) return value;
  return Object.entries(parts)
    .map(([name, part]) => `${name} ${part}`)
    .join(", ");
}

function partsOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function Inputs({ inputs, onOpen }: { inputs: FigureInputView[]; onOpen: (figure: FigureView) => void }) {
  const shown = inputs.filter((input) => input.name !== "venture");
  if (shown.length === 0) return null;
  return (
    <Section title="Inputs">
      <dl className="grid">
        {shown.map(({ name, label, figure, value }) => (
          <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
            <dt>{label}</dt>
            <dd className="text-right tabular-nums">
              {figure ? (
                <button
                  type="button"
                  onClick={() => onOpen(figure)}
                  className="target rounded-sm underline decoration-dotted underline-offset-3"
                  aria-label={`${label}: ${formatFigure(figure)}, open its proof`}
                >
                  {figure.stale ? <s>{formatFigure(figure)}</s> : formatFigure(figure)}
                </button>
              ) : (
                <span className="break-words">{spoken(value)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const datasetName = (dataset: string): string =>
  dataset
    .replace(/^metric:/, "values of ")
    .replace(/^experiment:.*$/, "counts of the experiment")
    .replace(/^fx:/, "exchange rates of ")
    .replaceAll("_", " ");

function Sources({ figure, sources }: { figure: FigureView; sources: FigureSource[] }) {
  const stored = sources.filter((source) => source.kind === "dataset");
  const [open, setOpen] = useState<number | null>(null);
  if (sources.some((source) => source.kind === "given")) {
    return (
      <Section title="Source">Computed from numbers that were given to the calculation, not from stored rows.</Section>
    );
  }
  if (stored.length === 0) return null;
  return (
    <Section title="Source rows">
      {stored.map((source, index) => (
        <div key={`${source.dataset}:${JSON.stringify(source.filter)}`} className="grid grid-cols-1 gap-2 py-1">
          <p className="flex flex-wrap items-baseline justify-between gap-3">
            <span>
              {plural(source.rows, "row")} of {datasetName(source.dataset)}, version {source.version}
            </span>
            <Button aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}>
              {open === index ? "Hide rows" : "Show rows"}
            </Button>
          </p>
          {open === index ? <SourceRows asked={{ id: figure.id, revision: figure.revision, source: index }} /> : null}
        </div>
      ))}
    </Section>
  );
}

function Revisions({ proof, onRevision }: { proof: FigureProof; onRevision: (revision: number) => void }) {
  const { revisions, figure } = proof;
  if (revisions.length < 2) return null;
  return (
    <Section title="Revisions">
      <ul>
        {revisions.map(({ revision, value, reason, computedAt }) => (
          <li key={revision} className="flex justify-between gap-4 border-b border-line py-1 text-sm">
            <button
              type="button"
              className="target rounded-sm underline decoration-dotted underline-offset-3 disabled:no-underline"
              disabled={revision === figure.revision}
              onClick={() => onRevision(revision)}
            >
              Revision {revision}, {formatDay(computedAt.slice(0, 10))}
            </button>
            <span className="tabular-nums">{preciseFigure({ value, unit: figure.unit, reason })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
