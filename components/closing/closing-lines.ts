import { PARTIES } from "@/lib/closing/schema";

/** "Ada Lind, company" for each line; a party that is not named is the company. */
export function signatoriesOf(text: string) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.lastIndexOf(",");
      const party = PARTIES.find(
        (one) =>
          one ===
          line
            .slice(at + 1)
            .trim()
            .toLocaleLowerCase("en"),
      );
      return party && at > 0
        ? { signatory: line.slice(0, at).trim(), party }
        : { signatory: line, party: "company" as const };
    });
}

/** "Ada Lind <ada@example.com>" for each line; an address alone names itself. */
export function recipientsOf(text: string) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const found = /^(.*?)<([^<>]+)>$/.exec(line);
      const email = (found?.[2] ?? line).trim();
      return { name: found?.[1]?.trim() || email, email };
    });
}
