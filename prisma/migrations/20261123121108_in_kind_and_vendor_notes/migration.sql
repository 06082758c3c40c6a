-- What holders receive in kind stands on accounts of its own, and a vendor note is money that comes later.
ALTER TABLE "ledger_account" DROP CONSTRAINT "ledger_account_kind";
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_kind" CHECK (
  ("kind" IN ('bank', 'charges') AND "side" = 1 AND NOT "floored")
  OR ("kind" IN ('escrow', 'holdback', 'earn-out', 'vendor-note', 'in-kind') AND "side" = 1 AND "floored")
  OR ("kind" IN ('proceeds', 'contingent', 'payable', 'stock', 'rollover', 'costs', 'fees', 'withholding', 'transit')
    AND "side" = -1 AND "floored"));

ALTER TABLE "deferred_tranche" DROP CONSTRAINT "deferred_tranche_kind";
ALTER TABLE "deferred_tranche" ADD CONSTRAINT "deferred_tranche_kind" CHECK (
  "kind" IN ('escrow', 'holdback', 'earn-out', 'vendor-note') AND "amountMinor" > 0
  AND "status" IN ('open', 'frozen', 'closed') AND "endsOn" >= "opensOn");
