"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { hasWords, type SortKey, sortedBy } from "@/components/ui/table-order";
import { TextInput } from "@/components/ui/text-input";
import type { AccountView } from "@/lib/ledger/queries";
import { ACCOUNTS } from "@/lib/ledger/rules/accounts";

const KEYS = {
  kind: ({ kind }: AccountView): SortKey => ACCOUNTS[kind].label,
  name: ({ name }: AccountView): SortKey => name.toLocaleLowerCase("en") || null,
  balance: ({ figure }: AccountView): SortKey => (figure.value === null ? null : Number(figure.value)),
} as const;
type Key = keyof typeof KEYS;
/** Fewer accounts than this are seen at once. */
const SEARCHED_FROM = 12;

/** Accounts in the order of the chart until a column is asked for. */
export function AccountTable({ slug, accounts }: { slug: string; accounts: readonly AccountView[] }) {
  const [order, setOrder] = useState<{ by: Key; descending: boolean } | null>(null);
  const [text, setText] = useState("");
  const found = accounts.filter(({ kind, name }) => hasWords([ACCOUNTS[kind].label, name], text));
  const shown = order ? sortedBy(found, KEYS[order.by], order.descending) : found;
  const head = (by: Key, label: string) => (
    <TableHeadCell
      numeric={by === "balance"}
      sort={order?.by === by ? (order.descending ? "descending" : "ascending") : null}
      onSort={() => setOrder({ by, descending: order?.by === by ? !order.descending : by === "balance" })}
    >
      {label}
    </TableHeadCell>
  );
  return (
    <div className="grid gap-3 *:min-w-0">
      {accounts.length >= SEARCHED_FROM ? (
        <search>
          <Field label="Search accounts" className="max-w-80">
            {(control) => (
              <TextInput {...control} type="search" value={text} onChange={({ target }) => setText(target.value)} />
            )}
          </Field>
        </search>
      ) : null}
      <Table caption="Accounts of the sale">
        <TableHead>
          {head("kind", "Account")}
          {head("name", "Of")}
          {head("balance", "Balance")}
          <TableHeadCell>What it holds</TableHeadCell>
        </TableHead>
        <TableBody>
          {shown.map(({ id, kind, name, figure }) => (
            <TableRow key={id}>
              <TableRowHead>
                <TextLink href={`/ventures/${slug}/deal/payments/ledger/${id}`}>
                  {ACCOUNTS[kind].label}
                  <span className="sr-only"> {name}</span>
                </TextLink>
              </TableRowHead>
              <TableCell>{name}</TableCell>
              <TableCell numeric>
                <FigureValue figure={figure} exact />
              </TableCell>
              <TableCell className="min-w-48 text-sm text-muted">{ACCOUNTS[kind].explains}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
