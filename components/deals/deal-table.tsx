"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { ChoiceField } from "@/components/ui/choice-field";
import { SearchField } from "@/components/ui/search-field";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import type { DealLine } from "@/lib/deals/queries/deals";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import { DEAL_STAGES } from "@/lib/deals/schema/deal";
import { formatDay, formatMoney, plural } from "@/lib/format";
import { type DealKey, type DealOrder, inDealOrder, isShownDeal } from "./deal-order";

const NUMBERS: readonly DealKey[] = ["worth", "closing", "headline"];

/** Every bidder by what its best offer is worth to the group; found by words, narrowed and sorted in place. */
export function DealTable({ deals }: { deals: readonly DealLine[] }) {
  const [filter, setFilter] = useState({ text: "", stage: "" });
  const [order, setOrder] = useState<DealOrder>({ by: "worth", descending: true });
  const shown = inDealOrder(
    deals.filter((deal) => isShownDeal(deal, filter)),
    order,
  );
  const head = (by: DealKey, label: string) => (
    <TableHeadCell numeric={NUMBERS.includes(by)} {...sorting(order, by, setOrder, NUMBERS.includes(by))}>
      {label}
    </TableHeadCell>
  );
  return (
    <div className="grid gap-3 *:min-w-0">
      <search className="flex flex-wrap items-end gap-3">
        <SearchField value={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
        <ChoiceField
          label="Stage"
          all="Every stage"
          options={DEAL_STAGES.map((value) => ({ value, label: STAGE_LABELS[value] }))}
          value={filter.stage}
          onChange={(stage) => setFilter({ ...filter, stage })}
        />
      </search>
      <p role="status" className="text-sm text-muted">{`${plural(shown.length, "bidder")} of ${deals.length}`}</p>
      <Table caption="Bidders">
        <TableHead>
          {head("bidder", "Bidder")}
          {head("stage", "Stage")}
          {head("worth", "Worth today")}
          {head("closing", "At closing")}
          {head("headline", "Headline")}
          {head("closesOn", "Closing")}
          {head("next", "Next step")}
        </TableHead>
        <TableBody>
          {shown.map((deal) => (
            <Row key={deal.id} deal={deal} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Row({ deal: { bidder, owner, stage, best, facts, preferred } }: { deal: DealLine }) {
  const value = (figure: NonNullable<typeof best>["figures"]["total"]) =>
    figure ? <FigureValue figure={figure} keepZeros /> : "–";
  return (
    <TableRow>
      <TableRowHead className="py-1.5">
        {bidder} {preferred ? <Badge>first</Badge> : null}
        <span className="block min-w-40 text-sm font-normal text-muted">{owner ?? "No owner"}</span>
      </TableRowHead>
      <TableCell className="whitespace-nowrap">{STAGE_LABELS[stage]}</TableCell>
      <TableCell numeric>{best ? value(best.figures.riskAdjusted) : "no offer"}</TableCell>
      <TableCell numeric>{best ? value(best.figures.atClosing) : "–"}</TableCell>
      <TableCell numeric>{best ? <Headline best={best} /> : "–"}</TableCell>
      <TableCell className="whitespace-nowrap">{facts.closesOn ? formatDay(facts.closesOn) : "–"}</TableCell>
      <TableCell>
        {facts.nextStep || "–"}
        {facts.nextOn ? <span className="block text-sm text-muted">{`by ${formatDay(facts.nextOn)}`}</span> : null}
      </TableCell>
    </TableRow>
  );
}

/** In the venture's currency; as it was said where the rest of the terms do not let it be weighed. */
function Headline({ best }: { best: NonNullable<DealLine["best"]> }) {
  const { headline, figures } = best;
  if (figures.price) return <FigureValue figure={figures.price} keepZeros />;
  return headline ? formatMoney(headline.value, headline.currency, { keepZeros: true }) : "–";
}
