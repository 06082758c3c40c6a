"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { errorSentence } from "@/components/ui/error-sentence";
import { Level, type LevelName } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import { closeClaim, releaseTranche } from "@/lib/ledger/actions";
import type { PlannedTranche } from "@/lib/ledger/queries/planned-tranches";
import type { InstructionView, TrancheView } from "@/lib/ledger/queries/tranches";
import { PaymentProblem } from "./problem";
import { ClaimForm, FreezeForm, InstructionForm, TrancheForm } from "./tranche-forms";
import { exactMoney as money, PAYMENT_SENTENCES } from "./words";

type May = { prepare: boolean; release: boolean };
type EscrowPanelProps = {
  venture: { id: string; currency: string };
  tranches: readonly TrancheView[];
  planned: readonly PlannedTranche[];
  reader: string;
  may: May;
};

const DAY_STATES: Readonly<Record<string, { level: LevelName; word: string }>> = {
  released: { level: "healthy", word: "released" },
  due: { level: "warning", word: "due today" },
  overdue: { level: "critical", word: "overdue" },
  later: { level: "unknown", word: "later" },
};
const KIND_WORDS = {
  escrow: "escrow",
  holdback: "holdback",
  "earn-out": "earn-out",
  "vendor-note": "vendor note",
} as const;

/** What of the price comes later, when, and what it hangs on. */
export function EscrowPanel({ venture, tranches, planned, reader, may }: EscrowPanelProps) {
  const form = may.prepare ? <TrancheForm ventureId={venture.id} currency={venture.currency} /> : null;
  if (tranches.length === 0 && planned.length === 0)
    return (
      <EmptyState title="Nothing of the price comes later" action={form}>
        Escrow, holdback and earn-out stand here with their days of release, what is claimed of them, and the signed
        instruction that lets them go.
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      {planned.length > 0 ? <Planned {...{ venture, planned, may }} /> : null}
      {form ? <div>{form}</div> : null}
      {tranches.length > 0 ? <Calendar tranches={tranches} /> : null}
      {tranches.map((tranche) => (
        <Tranche key={tranche.id} tranche={tranche} reader={reader} may={may} />
      ))}
    </div>
  );
}

/** What the agreed terms keep for later and nobody has entered yet. */
function Planned({ venture, planned, may }: Pick<EscrowPanelProps, "venture" | "planned" | "may">) {
  return (
    <Section title="Agreed, and not in the books yet">
      <Table caption="Agreed, and not in the books yet">
        <TableHead>
          <TableHeadCell>Of</TableHeadCell>
          <TableHeadCell>Kind</TableHeadCell>
          <TableHeadCell numeric>Amount</TableHeadCell>
          <TableHeadCell>Until</TableHeadCell>
          {may.prepare ? <TableHeadCell>Enter it</TableHeadCell> : null}
        </TableHead>
        <TableBody>
          {planned.map((one) => (
            <TableRow key={one.label}>
              <TableRowHead>{one.label}</TableRowHead>
              <TableCell>{KIND_WORDS[one.kind]}</TableCell>
              <TableCell numeric>{money(one.amountMinor, one.currency)}</TableCell>
              <TableCell className="whitespace-nowrap">{formatDay(one.endsOn)}</TableCell>
              {may.prepare ? (
                <TableCell>
                  <TrancheForm ventureId={venture.id} currency={one.currency} planned={one} />
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

/** All days of release of all tranches, in order. */
function Calendar({ tranches }: { tranches: readonly TrancheView[] }) {
  const days = tranches
    .flatMap(({ id, label, currency, calendar }) =>
      calendar.map((line, index) => ({ key: `${id} ${index}`, label, currency, ...line })),
    )
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  return (
    <Section title="Calendar of releases">
      <Table caption="Days of release">
        <TableHead>
          <TableHeadCell>Day</TableHeadCell>
          <TableHeadCell>Of</TableHeadCell>
          <TableHeadCell numeric>Amount</TableHeadCell>
          <TableHeadCell>Condition</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
        </TableHead>
        <TableBody>
          {days.map(({ key, dueOn, label, amountMinor, coveredMinor, currency, condition, state }) => {
            const mark = DAY_STATES[state];
            return (
              <TableRow key={key}>
                <TableCell className="whitespace-nowrap">{formatDay(dueOn)}</TableCell>
                <TableRowHead>{label}</TableRowHead>
                <TableCell numeric>{money(amountMinor ?? 0n, currency)}</TableCell>
                <TableCell>{condition}</TableCell>
                <TableCell>
                  {mark ? <Level level={mark.level} word={mark.word} /> : null}
                  {coveredMinor > 0n && state !== "released" ? (
                    <span className="block text-sm">{money(coveredMinor, currency)} of it released</span>
                  ) : null}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Section>
  );
}

function Tranche({ tranche, reader, may }: { tranche: TrancheView; reader: string; may: May }) {
  const { label, kind, heldBy, owed, free, status, frozenReason, claims, instructions, milestone } = tranche;
  const open = status !== "closed";
  return (
    <Section title={`${label} (${KIND_WORDS[kind]})`} aside={`${heldBy}, until ${formatDay(tranche.endsOn)}`}>
      <div className="grid gap-3 *:min-w-0">
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          <span>
            <FigureValue figure={owed} exact /> still held back
          </span>
          <span>
            <FigureValue figure={free} exact /> free of claims
          </span>
          {open ? null : <Level level="healthy" word="all released" />}
        </p>
        {status === "frozen" ? (
          <Notice level="critical" word="frozen">
            {frozenReason}
          </Notice>
        ) : null}
        {milestone ? <p className="prose-width text-muted">Hangs on: {milestone}</p> : null}
        <Claims claims={claims} currency={tranche.currency} mayPrepare={may.prepare} />
        {instructions.map((one) => (
          <Instruction key={one.id} one={one} tranche={tranche} own={one.recordedRef === reader} may={may} />
        ))}
        <div className="flex flex-wrap gap-2 empty:hidden">
          {open && may.prepare ? <InstructionForm tranche={tranche} /> : null}
          {open && may.prepare ? <ClaimForm tranche={tranche} /> : null}
          {open && may.release ? <FreezeForm tranche={tranche} /> : null}
        </div>
      </div>
    </Section>
  );
}

type ClaimsProps = { claims: TrancheView["claims"]; currency: string; mayPrepare: boolean };

function Claims({ claims, currency, mayPrepare }: ClaimsProps) {
  if (claims.length === 0) return null;
  const close = (claimId: string, version: number, status: "settled" | "withdrawn") => (resolution: string) =>
    closeClaim({ claimId, version, status, resolution });
  return (
    <ul className="grid gap-2">
      {claims.map(({ id, version, amountMinor, claimedOn, grounds, status }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <Level level={status === "open" ? "warning" : "unknown"} word={status === "open" ? "claimed" : status} />
          <span>
            {money(amountMinor, currency)}, {formatDay(claimedOn)}: {grounds}
          </span>
          {status === "open" && mayPrepare
            ? (["settled", "withdrawn"] as const).map((as) => (
                <ReasonDialog
                  key={as}
                  title={`Was the claim ${as}?`}
                  description="It holds nothing back any more."
                  trigger={<Button variant="bare">{as === "settled" ? "Settled" : "Withdrawn"}</Button>}
                  confirmLabel={as === "settled" ? "It was settled" : "It was withdrawn"}
                  done="The claim is closed."
                  sentence={(code) => errorSentence(code, PAYMENT_SENTENCES)}
                  send={close(id, version, as)}
                />
              ))
            : null}
        </li>
      ))}
    </ul>
  );
}

const standing = ({ carriedOut, undone }: InstructionView): { level: LevelName; word: string } =>
  undone
    ? { level: "unknown", word: "undone; a new instruction releases it" }
    : { level: carriedOut ? "healthy" : "warning", word: carriedOut ? "carried out" : "waits" };

type InstructionProps = { one: InstructionView; tranche: TrancheView; own: boolean; may: May };

function Instruction({ one, tranche: { label, currency, status }, own, may }: InstructionProps) {
  const { refusal, problems, run, dialog } = useChange();
  const toHolders = one.sellersMinor - (one.carved?.amountMinor ?? 0n);
  const parts = [
    ...(toHolders > 0n ? [`${money(toHolders, currency)} to the holders`] : []),
    ...(one.carved ? [`${money(one.carved.amountMinor, currency)} to the ${one.carved.name.toLowerCase()}`] : []),
    ...(one.buyerMinor > 0n ? [`${money(one.buyerMinor, currency)} to the buyer`] : []),
  ].join(", ");
  const waits = !one.carriedOut && status === "open";
  return (
    <div className="grid gap-1 border-l-3 border-edge bg-wash px-3 py-2">
      <p>
        {parts}: {one.documentName}, {formatDay(one.datedOn)}, signed by {one.buyerSigner} and {one.sellerSigner}
      </p>
      <p className="text-sm break-all text-muted">
        SHA-256 {one.documentHash}; recorded by {own ? "you" : one.recordedBy}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Level {...standing(one)} />
        {waits && own ? <span className="text-sm text-muted">Somebody else carries it out.</span> : null}
        {waits && !own && may.release ? (
          <ConfirmDialog
            title={`Release ${parts} from ${label}?`}
            description="It is owed from then on, split as if all payments so far were one. Payments are drafted and approved apart."
            confirmLabel="Carry it out"
            trigger={<Button variant="primary">Carry it out</Button>}
            onConfirm={async () => {
              await run(() => releaseTranche({ instructionId: one.id }), "It is released, and owed.");
            }}
          />
        ) : null}
      </div>
      <PaymentProblem code={refusal} problems={problems} />
      {dialog}
    </div>
  );
}
