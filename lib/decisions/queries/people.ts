import "server-only";
import { namesByRef } from "@/lib/auth/people";
import type { Db, Tx } from "@/lib/db";

const AGENT_NAMES: Readonly<Record<string, string>> = {
  growth: "Growth Management Specialist",
  exit: "Exit Preparation Advisor",
  value: "Value Realization Manager",
  coordinator: "Active Venture Coordinator",
};

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Only people have accounts; an agent or the command line has none. */
export const accountOf = (actor: { id: string }): string | null => (UUID.test(actor.id) ? actor.id : null);

/** What a person reads for "user:<id>", "agent:<name>" and "system:<what>". */
export async function namesOf(tx: Db | Tx, refs: readonly string[]): Promise<(ref: string) => string> {
  const names = await namesByRef(tx, refs);
  return (ref) => {
    const [kind = "", name = ""] = ref.split(":", 2);
    if (kind === "agent") return AGENT_NAMES[name] ?? name;
    if (kind === "system") return name === "policy" ? "the policy" : "the system";
    return names.get(ref) ?? name;
  };
}
