"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import { IMPACTS, LIKELIHOODS, type RiskSort, type RiskStatus, type RiskView } from "@/lib/stage/schema/risks";
import { RiskDialog, type RiskPeople } from "./risk-dialog";
import { riskSortHref } from "./risk-view";

export type RiskLine = {
  id: string;
  version: number;
  title: string;
  detail: string;
  mitigation: string;
  venture: { slug: string; name: string } | null;
  owner: { id: string; name: string } | null;
  likelihood: number;
  impact: number;
  score: number;
  level: "critical" | "warning" | "healthy";
  dueOn: string | null;
  overdue: boolean;
  status: RiskStatus;
  alertStands: boolean | null;
};

type RiskTableProps = { risks: readonly RiskLine[]; view: RiskView; people: RiskPeople; mayEdit: boolean };

const WORDS = { critical: "high", warning: "medium", healthy: "low" } as const;
const ALERT = { true: "its alert stands", false: "its alert is over" } as const;
const HEADS: readonly (readonly [RiskSort, string])[] = [
  ["title", "Risk"],
  ["venture", "Of"],
  ["score", "Likelihood × impact"],
  ["owner", "Owner"],
  ["due", "Due"],
  ["status", "Status"],
];

/** Who answers for what might happen. A press on a risk opens it. */
export function RiskTable({ risks, view, people, mayEdit }: RiskTableProps) {
  const [open, setOpen] = useState<RiskLine | "new" | null>(null);
  const add = mayEdit ? <Button onClick={() => setOpen("new")}>Open a risk</Button> : null;
  return (
    <div className="grid grid-cols-1 gap-3">
      {risks.length > 0 ? (
        <>
          {add ? <div data-print="none">{add}</div> : null}
          <Table caption="Risks">
            <TableHead>
              {HEADS.map(([by, label]) => (
                <TableHeadCell
                  key={by}
                  sort={view.sort === by ? (view.descending ? "descending" : "ascending") : null}
                  sortHref={riskSortHref(view, by)}
                >
                  {label}
                </TableHeadCell>
              ))}
            </TableHead>
            <TableBody>
              {risks.map((risk) => (
                <RiskRow key={risk.id} risk={risk} onOpen={mayEdit ? () => setOpen(risk) : null} />
              ))}
            </TableBody>
          </Table>
        </>
      ) : (
        <EmptyState title="No risk here" action={add}>
          What might go wrong, with who answers for it and what is done about it. A risk can be opened from an alert,
          too.
        </EmptyState>
      )}
      {open ? (
        <RiskDialog
          key={open === "new" ? "new" : open.id}
          people={people}
          {...(open === "new" ? {} : { risk: editedOf(open) })}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}

const editedOf = ({ id, version, title, detail, mitigation, owner, likelihood, impact, dueOn, status }: RiskLine) => ({
  ...{ id, version, title, detail, mitigation, status, ownerId: owner?.id ?? "", ventureId: "", dueOn: dueOn ?? "" },
  ...{ likelihood: String(likelihood), impact: String(impact) },
});

function RiskRow({ risk, onOpen }: { risk: RiskLine; onOpen: (() => void) | null }) {
  const { title, mitigation, venture, owner, likelihood, impact, score, level, dueOn, overdue, status, alertStands } =
    risk;
  return (
    <TableRow>
      <TableRowHead className="min-w-56">
        {onOpen ? (
          <button
            type="button"
            onClick={onOpen}
            data-list-item
            className="rounded-sm text-left underline-offset-3 hover:underline"
          >
            {title}
          </button>
        ) : (
          title
        )}
        <span className="block text-sm font-normal text-muted">{mitigation || "No mitigation yet"}</span>
      </TableRowHead>
      <TableCell className="whitespace-nowrap">
        {venture ? <TextLink href={`/ventures/${venture.slug}`}>{venture.name}</TextLink> : "The holding"}
      </TableCell>
      <TableCell className="min-w-44">
        <Level level={level} word={WORDS[level]} /> {score}
        <span className="block text-sm text-muted">
          {LIKELIHOODS[likelihood - 1]} × {IMPACTS[impact - 1]}
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap">{owner?.name ?? "nobody yet"}</TableCell>
      <TableCell className="whitespace-nowrap">
        {dueOn ? formatDay(dueOn) : "–"}
        {overdue ? <span className="block text-sm font-medium">overdue</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {status}
        {alertStands === null ? null : <span className="block text-sm text-muted">{ALERT[`${alertStands}`]}</span>}
      </TableCell>
    </TableRow>
  );
}
