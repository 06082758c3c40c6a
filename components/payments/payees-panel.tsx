"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMoment } from "@/lib/format";
import { addPayee, releasePayee } from "@/lib/payments/actions";
import type { PayeesPage, PayeeView } from "@/lib/payments/queries/payees";
import { CallbackForm, DetailsForm, PayeeForm } from "./payee-forms";
import { PaymentProblem } from "./problem";
import { STANDING_LEVEL } from "./words";

type May = { prepare: boolean; release: boolean };
type PayeesPanelProps = { ventureId: string; page: PayeesPage; may: May; zone: string };

type Run = ReturnType<typeof useChange>["run"];

/** Who is paid, where to, and who has confirmed it. */
export function PayeesPanel({ ventureId, page, may, zone }: PayeesPanelProps) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const { payees, missing } = page;
  const add = ({ party, name, kind }: PayeesPage["missing"][number]) =>
    run(() => addPayee({ ventureId, party, name: name || party, kind }), "Added.");
  return (
    <div className="grid gap-6 *:min-w-0">
      <PaymentProblem code={refusal} problems={problems} />
      {missing.length > 0 ? <Missing {...{ missing, busy, add, may }} /> : null}
      <Section title="Payees" aside={may.prepare ? <PayeeForm ventureId={ventureId} /> : null}>
        {payees.length === 0 ? (
          <EmptyState title="No payee yet">
            Holders, advisers and offices that the ledger owes something appear above; add them, enter their account,
            and have somebody else call them back.
          </EmptyState>
        ) : (
          <PayeeTable {...{ payees, may, zone, run }} />
        )}
      </Section>
      {dialog}
    </div>
  );
}

type MissingProps = {
  missing: PayeesPage["missing"];
  busy: boolean;
  add: (one: PayeesPage["missing"][number]) => void;
  may: May;
};

function Missing({ missing, busy, add, may }: MissingProps) {
  return (
    <Section title="Owed, and no payee yet">
      <ul className="flex flex-wrap gap-2 py-1">
        {missing.map((one) => (
          <li key={one.party}>
            {may.prepare ? (
              <Button busy={busy} onClick={() => add(one)}>
                {`Add ${one.name || one.party}`}
              </Button>
            ) : (
              one.name || one.party
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type PayeeTableProps = { payees: readonly PayeeView[]; may: May; zone: string; run: Run };

function PayeeTable({ payees, may, zone, run }: PayeeTableProps) {
  return (
    <Table caption="Payees and their accounts">
      <TableHead>
        <TableHeadCell>Payee</TableHeadCell>
        <TableHeadCell>Account</TableHeadCell>
        <TableHeadCell>Confirmed</TableHeadCell>
        <TableHeadCell>Next</TableHeadCell>
      </TableHead>
      <TableBody>
        {payees.map((payee) => (
          <TableRow key={payee.id}>
            <TableRowHead className="py-1.5">
              {payee.name}
              <span className="block text-sm font-normal text-muted">{payee.kind}</span>
            </TableRowHead>
            <TableCell>
              <Account payee={payee} />
            </TableCell>
            <TableCell>
              <Confirmed payee={payee} zone={zone} />
            </TableCell>
            <TableCell>
              <Next payee={payee} may={may} run={run} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Account({ payee: { details } }: { payee: PayeeView }) {
  if (!details) return <span className="text-muted">none entered</span>;
  return (
    <>
      <span className="whitespace-nowrap">{details.masked}</span>
      <span className="block text-sm text-muted">{details.holder}</span>
      {details.sharedWith.length > 0 ? (
        <Level level="warning" word={`same account as ${details.sharedWith.join(", ")}`} />
      ) : null}
    </>
  );
}

function Confirmed({ payee: { standing, details }, zone }: { payee: PayeeView; zone: string }) {
  const mark = STANDING_LEVEL[standing];
  return (
    <div className="grid gap-0.5 text-sm">
      {mark ? <Level level={mark.level} word={mark.word} /> : null}
      {details ? (
        <span className="text-muted">
          Entered by {details.own ? "you" : details.enteredBy}, {formatMoment(details.enteredAt, zone)}
          {details.version > 1 ? ` (version ${details.version})` : ""}
        </span>
      ) : null}
      {details?.callback ? (
        <span className="text-muted">
          {details.callback.own ? "You" : details.callback.by} called {details.callback.numberCalled} (
          {details.callback.numberSource}), {formatMoment(details.callback.at, zone)}; {details.callback.confirmedBy}{" "}
          confirmed
        </span>
      ) : null}
      {details?.released ? (
        <span className="text-muted">
          Released by {details.released.by}, {formatMoment(details.released.at, zone)}
        </span>
      ) : null}
    </div>
  );
}

type NextProps = { payee: PayeeView; may: May; run: ReturnType<typeof useChange>["run"] };

/** What is to be done, by whom it may be done. */
function Next({ payee, may, run }: NextProps) {
  const { details, standing } = payee;
  const waitsForCall = details && !details.callback;
  const waitsForRelease = details && standing === "frozen" && details.callback && !details.released;
  return (
    <div className="flex flex-wrap items-center gap-2 py-1">
      {waitsForCall && may.prepare && !details.own ? <CallbackForm payee={payee} detailsId={details.id} /> : null}
      {waitsForCall && details.own ? <span className="text-sm text-muted">Somebody else calls.</span> : null}
      {waitsForRelease && may.release && !details.own && !details.callback?.own ? (
        <ConfirmDialog
          title={`Release ${payee.name}?`}
          description={`Payments to ${details.masked} can be drafted and sent from now on.`}
          confirmLabel="Release"
          trigger={<Button aria-label={`Release ${payee.name}`}>Release</Button>}
          onConfirm={async () => {
            await run(() => releasePayee({ detailsId: details.id }), "The payee is released.");
          }}
        />
      ) : null}
      {waitsForRelease && (details.own || details.callback?.own || !may.release) ? (
        <span className="text-sm text-muted">A third person, a chairman, releases.</span>
      ) : null}
      {may.prepare ? <DetailsForm payee={payee} /> : null}
    </div>
  );
}
