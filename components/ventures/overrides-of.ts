import { type Overrides, PARAMETER_KEYS, PARAMETERS } from "@/lib/ventures/schema";

/** What is typed into the fields of parameters; an empty one leaves the profile's value. What is no number is refused by the action. */
export function overridesOf(form: FormData): Overrides {
  const typed = PARAMETER_KEYS.flatMap((key) => {
    const text = String(form.get(key) ?? "").trim();
    if (text === "") return [];
    return [[key, PARAMETERS[key].kind === "choice" ? text : numberOf(text)] as const];
  });
  return Object.fromEntries(typed) as Overrides;
}

/** "5 000 000" and "5,000,000" are five million, "12.5" and "12,5" twelve and a half. */
function numberOf(text: string): number {
  const plain = text.replace(/[\s\u00a0\u2009\u202f]/g, "").replace(/,(?=\d{3}(\D|$))/g, "");
  return plain === "" ? Number.NaN : Number(plain.replace(",", "."));
}
