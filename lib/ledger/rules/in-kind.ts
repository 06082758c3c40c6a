import { ACCOUNTS, type InKindForm } from "./accounts";
import type { Line } from "./entry";

/** Of a distribution what one holder receives in stock of the bidder or rolls over, at its stated value. */
export type InKind = { holderId: string; form: InKindForm; amountMinor: bigint };

export const inKindTotal = (inKind: readonly InKind[]): bigint =>
  inKind.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

const inKindAccount = (form: InKindForm, currency: string): Line["account"] => ({
  ...{ kind: "in-kind", party: form, name: ACCOUNTS[form].label, currency },
});

/** What came in kind: it stands for that part of the price in the place of proceeds. */
export function receivedInKind(inKind: readonly InKind[], currency: string): Line[] {
  return inKind.map(({ form, amountMinor }) => ({ account: inKindAccount(form, currency), amountMinor }));
}

/** What holders got in kind is no longer payable to them: it stands on an account of its own, which nothing pays. */
export function settledInKind(inKind: readonly InKind[], names: ReadonlyMap<string, string>, currency: string): Line[] {
  return inKind.flatMap(({ holderId: party, form, amountMinor }): Line[] => {
    const name = names.get(party) ?? party;
    return [
      { account: { kind: "payable", party, name, currency }, amountMinor },
      { account: { kind: form, party, name, currency }, amountMinor: -amountMinor },
    ];
  });
}
