import { Decimal } from "decimal.js";

/** Decimal arithmetic with room for any cap table; binary floating point never touches money. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 60 });
export type Exact = Decimal;

export type Money = { readonly amountMinor: bigint; readonly currency: string };

// ISO 4217 currencies whose minor unit is not two digits.
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const CURRENCIES = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF " +
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG " +
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA " +
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD " +
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX " +
    "USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
  ).split(" "),
);

/** Is it a currency of ISO 4217 that money is kept in? */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** Digits after the point in amounts of this currency (ISO 4217): 2 unless listed. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** Rounds half up to the minor unit. `amount` is in plain currency units. */
export function toMinor(amount: Decimal.Value, currency: string): bigint {
  return BigInt(new Exact(amount).times(new Exact(10).pow(minorDigits(currency))).toFixed(0));
}

/** Plain currency units, exact. */
export function fromMinor(amountMinor: bigint, currency: string): Decimal {
  return new Exact(amountMinor.toString()).div(new Exact(10).pow(minorDigits(currency)));
}

/**
 * Splits `total` (integer units) in proportion to `weights` (each ≥ 0) so that the parts sum to it exactly:
 * floors first, then one unit each to the largest remainders, earlier index first at a tie (Hamilton's method).
 * All weights zero: nothing can be split, the answer is null.
 */
export function splitByLargestRemainder(total: bigint, weights: readonly Decimal.Value[]): bigint[] | null {
  const parts = weights.map((weight) => new Exact(weight));
  if (parts.some((part) => part.isNegative() || !part.isFinite())) return null;
  const sum = parts.reduce((a, b) => a.plus(b), new Exact(0));
  if (sum.isZero()) return null;
  const negative = total < 0n;
  const size = new Exact((negative ? -total : total).toString());
  const shares = parts.map((part) => size.times(part).div(sum));
  const floors = shares.map((share) => BigInt(share.floor().toFixed(0)));
  let left = BigInt(size.toFixed(0)) - floors.reduce((a, b) => a + b, 0n);
  const order = shares
    .map((share, index) => ({ index, remainder: share.minus(share.floor()) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  for (const { index } of order) {
    if (left === 0n) break;
    floors[index] = (floors[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return negative ? floors.map((part) => -part) : floors;
}
