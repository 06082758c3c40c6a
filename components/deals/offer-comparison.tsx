"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { OfferVersionView } from "@/lib/deals/queries/offers";
import { MEASURE_LABELS } from "@/lib/deals/rules/offer-figures";
import { MEASURES } from "@/lib/deals/rules/proceeds";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import { TERM_GROUPS, TERMS } from "@/lib/deals/rules/terms";
import { formatDay } from "@/lib/format";
import { shownTerm } from "./term-text";

export const offerKey = ({ offerId, version }: Pick<OfferVersionView, "offerId" | "version">): string =>
  `${offerId}:${version}`;
export const offerLabel = ({
  bidder,
  title,
  version,
}: Pick<OfferVersionView, "bidder" | "title" | "version">): string => `${bidder}, ${title}, version ${version}`;

type OfferComparisonProps = { offers: readonly OfferVersionView[]; classNames: Readonly<Record<string, string>> };

/** Any number of offers and versions side by side, the one that is worth most to the group first; what differs from it is marked. */
export function OfferComparison({ offers, classNames }: OfferComparisonProps) {
  // What was switched by hand; everything else is compared where it is the newest bid of its bidder.
  const [switched, setSwitched] = useState<Readonly<Record<string, boolean>>>({});
  const isChosen = (one: OfferVersionView) => switched[offerKey(one)] ?? (one.newest && one.kind === "bid");
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const shown = offers.filter(isChosen);
  return (
    <div className="grid gap-3 *:min-w-0">
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 text-sm font-medium">Compare</legend>
        {offers.map((one) => (
          <Checkbox
            key={offerKey(one)}
            label={offerLabel(one)}
            checked={isChosen(one)}
            onChange={({ target: { checked } }) => setSwitched({ ...switched, [offerKey(one)]: checked })}
          />
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <p className="text-muted">Choose an offer above.</p>
      ) : (
        <>
          <Table caption="Offers side by side">
            <Heads shown={shown} />
            <TableBody>
              <Worth shown={shown} />
              <Conversion shown={shown} classNames={classNames} />
              <Open shown={shown} />
              <Terms shown={shown} onlyDifferent={onlyDifferent && shown.length > 1} />
            </TableBody>
          </Table>
          <Checkbox
            label="Only terms that differ"
            checked={onlyDifferent}
            onChange={({ target: { checked } }) => setOnlyDifferent(checked)}
          />
        </>
      )}
    </div>
  );
}

type Shown = { shown: readonly OfferVersionView[] };

function Heads({ shown }: Shown) {
  return (
    <TableHead>
      <TableHeadCell>Term</TableHeadCell>
      {shown.map((one) => (
        <TableHeadCell key={offerKey(one)} className="min-w-36 whitespace-normal">
          <span className="block text-ink">{one.bidder}</span>
          <span className="block">{`${one.title}, version ${one.version}`}</span>
          <span className="block font-normal">{`${STAGE_LABELS[one.stage]}, ${formatDay(one.dated)}`}</span>
          {one.kind === "counter" ? <Badge>our counter</Badge> : null} {one.agreed ? <Badge>agreed</Badge> : null}
        </TableHeadCell>
      ))}
    </TableHead>
  );
}

/** What reaches the group, from what is paid at closing to what it is worth today. */
function Worth({ shown }: Shown) {
  return (
    <>
      <Rubric title="What reaches the group" columns={shown.length} />
      {MEASURES.toReversed().map((key) => (
        <TableRow key={key}>
          <TableRowHead className={key === "riskAdjusted" ? "" : "font-normal"}>{MEASURE_LABELS[key]}</TableRowHead>
          {shown.map((one) => {
            const figure = one.figures[`group.${key}`];
            return (
              <TableCell key={offerKey(one)}>{figure ? <FigureValue figure={figure} keepZeros /> : "–"}</TableCell>
            );
          })}
        </TableRow>
      ))}
    </>
  );
}

function Conversion({ shown, classNames }: Shown & Pick<OfferComparisonProps, "classNames">) {
  const words = (one: OfferVersionView, at: number) => {
    if (!one.proceeds.known) return "not known";
    const ids = one.proceeds.releases.at(at)?.converted ?? [];
    return ids.length > 0 ? ids.map((id) => classNames[id] ?? id).join(", ") : "nobody";
  };
  const row = (label: string, at: number) => (
    <TableRow>
      <TableRowHead className="font-normal">{label}</TableRowHead>
      {shown.map((one) => (
        <Cell key={offerKey(one)} text={words(one, at)} first={shown[0] ? words(shown[0], at) : ""} />
      ))}
    </TableRow>
  );
  return (
    <>
      {row("Converts at closing", 0)}
      {row("Converts if all is paid", -1)}
    </>
  );
}

function Open({ shown }: Shown) {
  if (shown.every(({ open, silent }) => open.length + silent.length === 0)) return null;
  return (
    <TableRow>
      <TableRowHead className="font-normal">Not stated</TableRowHead>
      {shown.map(({ open, silent, ...one }) => (
        <TableCell key={offerKey(one)} className="align-top">
          {open.length > 0 ? (
            <span className="block">{`▲ ${open.join(", ")}: what reaches the group waits for it`}</span>
          ) : null}
          <span className="text-sm text-muted">{silent.join(", ")}</span>
        </TableCell>
      ))}
    </TableRow>
  );
}

function Terms({ shown, onlyDifferent }: Shown & { onlyDifferent: boolean }) {
  return TERM_GROUPS.map((group) => {
    const rows = TERMS.filter((term) => term.group === group)
      .map((term) => ({ term, cells: shown.map(({ terms }) => shownTerm(terms, term)) }))
      .filter(({ cells }) => !onlyDifferent || new Set(cells).size > 1);
    if (rows.length === 0) return null;
    return [
      <Rubric key={group} title={group} columns={shown.length} />,
      ...rows.map(({ term, cells }) => (
        <TableRow key={term.key}>
          <TableRowHead className="font-normal">{term.label}</TableRowHead>
          {shown.map((one, index) => (
            <Cell
              key={offerKey(one)}
              text={cells[index] ?? ""}
              first={cells[0] ?? ""}
              changed={one.changed.includes(term.key)}
            />
          ))}
        </TableRow>
      )),
    ];
  });
}

function Rubric({ title, columns }: { title: string; columns: number }) {
  return (
    <TableRow>
      <th scope="colgroup" colSpan={columns + 1} className="rubric pt-4 pb-1 text-left">
        {title}
      </th>
    </TableRow>
  );
}

/** A term that is another one than in the first column is marked in words and by a bar. */
function Cell({ text, first, changed = false }: { text: string; first: string; changed?: boolean }) {
  const differs = text !== first;
  return (
    <TableCell className={differs ? "border-l-2 border-accent align-top" : "align-top"}>
      <span className={differs ? "font-medium" : undefined}>{text}</span>
      {differs ? <span className="sr-only"> (differs from the first)</span> : null}
      {changed ? <span className="block text-sm text-muted">changed in this version</span> : null}
    </TableCell>
  );
}
