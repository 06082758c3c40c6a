import "server-only";
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
  const ids = refs.flatMap((ref) => (ref.startsWith("user:") && UUID.test(ref.slice(5)) ? [ref.slice(5)] : []));
  const users =
    ids.length === 0 ? [] : await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(users.map((user) => [`user:${user.id}`, user.name]));
  return (ref) => {
    const [kind = "", name = ""] = ref.split(":", 2);
    if (kind === "agent") return AGENT_NAMES[name] ?? name;
    if (kind === "system") return name === "policy" ? "the policy" : "the system";
    return names.get(ref) ?? name;
  };
}
