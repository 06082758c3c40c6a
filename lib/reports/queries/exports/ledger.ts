import "server-only";
import { z } from "zod";
import { getAccountStatement, getLedger } from "@/lib/ledger/queries";
import { listDistributions } from "@/lib/ledger/queries/distributions";
import { ACCOUNTS } from "@/lib/ledger/rules/accounts";
import { getPaymentsPage } from "@/lib/payments/queries/payments-page";
import { day, type ExportCell, figureCells, figureColumns, money, number } from "../../rules/export-table";
import { exportTable, ofVenture, slugSchema, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));
const today = (now: Date): string => now.toISOString().slice(0, 10);

/** The accounts of a sale with what stands on them. */
export const ledger = exportTable({
  query: ofVenture.extend({ day: z.iso.date().optional() }),
  open: async ({ actor, now }, { venture: slug, day: on = today(now) }) => {
    const venture = await ventureInSight(actor, slug);
    const { accounts } = await getLedger(actor, venture.id, on);
    const rows = accounts.map(({ kind, name, currency, postings, figure }): ExportCell[] => [
      ...[ACCOUNTS[kind].label, name, currency, number(postings), ...figureCells(figure, null)],
    ]);
    return {
      ...{ title: "Ledger", subject: venture.slug, ventureId: venture.id, rows },
      columns: [...columns("Account,Of,Currency,Postings"), ...figureColumns("Balance")],
    };
  },
});

/** What moved on the accounts of a sale, or on one of them, with the balance after each line. */
export const accountStatement = exportTable({
  query: z.object({ venture: slugSchema, account: z.uuid().optional(), to: z.iso.date().optional() }),
  open: async ({ actor, now }, { venture: slug, account, to = today(now) }) => {
    const venture = await ventureInSight(actor, slug);
    const { accounts } = await getLedger(actor, venture.id, to);
    const asked = accounts.filter(({ id }) => account === undefined || id === account);
    const statements = await Promise.all(asked.map(({ id }) => getAccountStatement(actor, id, { to })));
    const rows = statements.flatMap(({ account: of, lines }) =>
      lines.map((line): ExportCell[] => [
        ...[ACCOUNTS[of.kind].label, of.name, day(line.day), line.kind, line.description],
        ...[money(line.amountMinor, of.currency), money(line.balanceMinor, of.currency), of.currency],
        ...[line.reversed ? "reversed" : null, line.transactionId],
      ]),
    );
    return {
      ...{ title: "Account statement", subject: venture.slug, ventureId: venture.id, rows },
      columns: columns("Account,Of,Day,Entry,What for,Amount,Balance,Currency,Reversed,Transaction"),
    };
  },
});

/** What was distributed of a sale, undone or not. */
export const distributions = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const made = await listDistributions(actor, venture.id);
    const rows = made.distributions.map((one): ExportCell[] => [
      ...[one.label, day(one.paidOn), money(one.amountMinor, one.currency), money(one.withheldMinor, one.currency)],
      ...[one.currency, number(one.holders), one.reversed && day(one.reversed.on), one.reversed?.reason ?? null],
    ]);
    return {
      ...{ title: "Distributions", subject: venture.slug, ventureId: venture.id, rows },
      columns: columns("Distribution,Day,To holders,Of it tax,Currency,Holders,Undone on,Why"),
    };
  },
});

/** Every payment of a sale; accounts by their last four only. */
export const payments = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const { batches } = await getPaymentsPage(actor, venture.id, today(now));
    const rows = batches.flatMap(({ title, executeOn, file, instructions }) =>
      instructions.map((one): ExportCell[] => [
        ...[title, one.payee, one.masked, one.endToEndId, one.remittance, money(one.amountMinor, one.currency)],
        ...[money(one.paidMinor, one.currency), money(one.returnedMinor, one.currency), one.currency, day(executeOn)],
        ...[one.status, one.statusReason, file?.messageId ?? null],
      ]),
    );
    return {
      ...{ title: "Payments", subject: venture.slug, ventureId: venture.id, rows },
      columns: columns(
        "Batch,Payee,Account,End-to-end id,For,Amount,Booked,Returned,Currency,Execute on,State,Because,File",
      ),
    };
  },
});
