import { ok, type Result, refuse } from "@/lib/errors";

export type RoutingRefusal = "NOT_A_ROUTING_NUMBER" | "UNKNOWN_DISTRICT" | "WRONG_CHECK_DIGIT";

/** First two digits that the Federal Reserve has given out: districts, thrifts, electronic, traveller's cheques. */
const isDistrict = (prefix: number): boolean =>
  prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80;

/**
 * Is it an ABA routing number: nine digits, a district, and 3(d1+d4+d7) + 7(d2+d5+d8) + (d3+d6+d9) divisible by ten?
 * Source: ABA Key to Routing Numbers; Nacha Operating Rules, appendix three.
 */
export function readRouting(text: string): Result<string, RoutingRefusal> {
  const routing = text.replace(/[\s-]/g, "");
  if (!/^\d{9}$/.test(routing) || routing === "000000000") return refuse("NOT_A_ROUTING_NUMBER");
  if (!isDistrict(Number(routing.slice(0, 2)))) return refuse("UNKNOWN_DISTRICT");
  const weights = [3, 7, 1];
  const sum = [...routing].reduce((all, digit, index) => all + Number(digit) * (weights[index % 3] ?? 0), 0);
  return sum % 10 === 0 ? ok(routing) : refuse("WRONG_CHECK_DIGIT");
}
