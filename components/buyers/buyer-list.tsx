"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { ChoiceField } from "@/components/ui/choice-field";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import type { BuyerLine } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { BUYER_KINDS } from "@/lib/buyers/schema";
import { formatDay, plural } from "@/lib/format";
import { type BuyerKey, type BuyerOrder, inBuyerOrder, isShown, SHOWN_TIERS } from "./buyer-order";
import { ANTITRUST, KIND_LABELS, TIER_LEVEL } from "./buyer-words";

const TIER_LABELS = { listed: "On the list", "": "Everybody" } as const;
const TEXT_KEYS: readonly BuyerKey[] = ["name", "tier", "stage"];

/** Everybody who was looked at, with the reason each is in or out; found by words, narrowed and sorted in place. */
export function BuyerList({ buyers }: { buyers: readonly BuyerLine[] }) {
  const [filter, setFilter] = useState({ text: "", tier: "listed", kind: "" });
  const [order, setOrder] = useState<BuyerOrder>({ by: null, descending: false });
  const shown = inBuyerOrder(
    buyers.filter((buyer) => isShown(buyer, filter)),
    order,
  );
  const head = (by: BuyerKey, label: string, numeric = false) => (
    <TableHeadCell numeric={numeric} {...sorting(order, by, setOrder, !TEXT_KEYS.includes(by))}>
      {label}
    </TableHeadCell>
  );
  return (
    <div className="grid gap-3 *:min-w-0">
      <search className="flex flex-wrap items-end gap-3">
        <SearchField value={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
        <Field label="Tier">
          {(control) => (
            <Select
              {...control}
              options={SHOWN_TIERS.map((value) => ({
                value,
                label: value === "listed" || value === "" ? TIER_LABELS[value] : value,
              }))}
              value={filter.tier}
              onChange={(event) => setFilter({ ...filter, tier: event.target.value })}
            />
          )}
        </Field>
        <ChoiceField
          label="Kind"
          all="Every kind"
          options={BUYER_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
          value={filter.kind}
          onChange={(kind) => setFilter({ ...filter, kind })}
        />
      </search>
      <p role="status" className="text-sm text-muted">{`${plural(shown.length, "buyer")} of ${buyers.length}`}</p>
      <Table caption="Buyers">
        <TableHead>
          {head("name", "Buyer")}
          {head("tier", "Tier")}
          {head("fit", "Fit", true)}
          {head("certainty", "Certainty", true)}
          {head("capacity", "Capacity", true)}
          <TableHeadCell>Antitrust</TableHeadCell>
          {head("stage", "Outreach")}
          {head("asOf", "Facts of")}
        </TableHead>
        <TableBody>
          {shown.map((buyer) => (
            <Row key={buyer.id} buyer={buyer} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Row({ buyer }: { buyer: BuyerLine }) {
  return (
    <TableRow>
      <TableRowHead className="py-1.5">
        {buyer.name}
        <span className="block max-w-96 min-w-40 text-sm font-normal text-muted">
          {`${KIND_LABELS[buyer.kind]}${buyer.country ? `, ${buyer.country}` : ""}. ${buyer.reason}${buyer.byRule ? "" : " (chosen by a person)"}`}
        </span>
      </TableRowHead>
      <TableCell>
        <Level level={TIER_LEVEL[buyer.tier]} word={buyer.tier} />
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={buyer.score} />
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={buyer.certainty} />
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={buyer.capacity} />
      </TableCell>
      <TableCell>
        <Level {...ANTITRUST[buyer.fit]} />
      </TableCell>
      <TableCell>
        {STAGE_LABELS[buyer.stage]}
        {buyer.nextStep ? <span className="block text-sm text-muted">{buyer.nextStep}</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted">{formatDay(buyer.factsAsOf)}</TableCell>
    </TableRow>
  );
}
