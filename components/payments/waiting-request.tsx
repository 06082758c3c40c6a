"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import { carryOutRequest, withdrawRequest } from "@/lib/ledger/actions";
import type { RequestView } from "@/lib/ledger/queries/distributions";
import { PaymentProblem } from "./problem";
import { exactMoney } from "./words";

type WaitingRequestProps = { request: RequestView; may: { prepare: boolean; release: boolean } };

const KIND_WORDS: Readonly<Record<RequestView["kind"], string>> = {
  closing: "Hand the closing to the ledger",
  proceeds: "Distribute proceeds",
  reversal: "Undo a distribution",
};

/** What one person asked for and another one carries out: as it stands, or not at all. */
export function WaitingRequest({ request, may }: WaitingRequestProps) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const { id: requestId, version, kind, label, currency, amountMinor, paidOn, reason, by, own, holders } = request;
  const amount = exactMoney(amountMinor, currency);
  return (
    <article aria-label={KIND_WORDS[kind]} className="grid gap-2 border-l-3 border-edge bg-wash px-3 py-2 *:min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="font-medium">
          {KIND_WORDS[kind]}: {label}
        </span>
        <Level level="warning" word="waits for a second person" />
      </p>
      <p>
        {amount}, {formatDay(paidOn)}. {own ? "You asked" : `${by} asked`} because “{reason}”.
      </p>
      <Taken request={request} />
      {holders.length > 0 ? <Holders holders={holders} currency={currency} /> : null}
      <PaymentProblem code={refusal} problems={problems} />
      <div className="flex flex-wrap items-center gap-2">
        {own ? <span className="text-sm text-muted">Somebody else carries it out.</span> : null}
        {may.release && !own ? (
          <ConfirmDialog
            title={`${KIND_WORDS[kind]}: ${label}, ${amount}?`}
            description={
              kind === "reversal"
                ? "Its mirror is posted; both stay in the books. What it owed to holders is owed no longer."
                : "It is owed to the holders from then on. No money leaves by it: payments are drafted and approved apart."
            }
            confirmLabel="Carry it out"
            trigger={<Button variant="primary">Carry it out</Button>}
            onConfirm={async () => {
              await run(() => carryOutRequest({ requestId, version }), "It stands in the books.");
            }}
          />
        ) : null}
        {may.prepare ? (
          <Button
            variant="bare"
            busy={busy}
            onClick={() => run(() => withdrawRequest({ requestId, version }), "It is withdrawn.")}
          >
            Withdraw
          </Button>
        ) : null}
      </div>
      {dialog}
    </article>
  );
}

const IN_KIND_WORDS: Readonly<Record<RequestView["inKind"][number]["form"], string>> = {
  stock: "In stock of the bidder, never paid out",
  rollover: "Rolled over, never paid out",
};

/** What does not reach the holders in cash, each with whose it is. */
function Taken({ request: { charges, withholdings, inKind, currency } }: Pick<WaitingRequestProps, "request">) {
  const taken = [
    ...charges.map(({ name, amountMinor }) => ({ of: "Before the holders", name, amountMinor })),
    ...withholdings.map(({ holder, office, amountMinor }) => ({ of: `Tax of ${holder}`, name: office, amountMinor })),
    ...inKind.map(({ holder: name, form, amountMinor }) => ({ of: IN_KIND_WORDS[form], name, amountMinor })),
  ];
  if (taken.length === 0) return null;
  return (
    <Table caption="Of it not in cash to the holders" showCaption compact>
      <TableHead>
        <TableHeadCell>Whose</TableHeadCell>
        <TableHeadCell>What it is</TableHeadCell>
        <TableHeadCell numeric>Amount</TableHeadCell>
      </TableHead>
      <TableBody>
        {taken.map(({ of, name, amountMinor }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two charges may be the same in every word, and none moves
          <TableRow key={index}>
            <TableRowHead className="font-normal wrap-anywhere">{name}</TableRowHead>
            <TableCell className="wrap-anywhere">{of}</TableCell>
            <TableCell numeric>{exactMoney(amountMinor, currency)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type HoldersProps = { holders: RequestView["holders"]; currency: string };

function Holders({ holders, currency }: HoldersProps) {
  return (
    <Table caption="What each holder will be owed, before tax" compact>
      <TableHead>
        <TableHeadCell>Holder</TableHeadCell>
        <TableHeadCell numeric>Before tax</TableHeadCell>
      </TableHead>
      <TableBody>
        {holders.map(({ id, name, amountMinor }) => (
          <TableRow key={id}>
            <TableRowHead className="font-normal wrap-anywhere">{name}</TableRowHead>
            <TableCell numeric>{exactMoney(amountMinor, currency)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
