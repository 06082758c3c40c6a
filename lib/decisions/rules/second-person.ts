import type { SecondPerson } from "@/lib/ventures/schema";

/** As the policy's table has it. */
type ClassPolicy = { ceilings: readonly string[]; reversible: boolean };

/** Why two people have to approve; kept with the proposal, so that a later change of the setting does not free it. */
export type SecondPersonRule = { rule: "money-leaves" | "irreversible" | "large-commitment"; sentence: string };

/**
 * Does a second person have to approve what one has approved? Money that leaves always; what cannot be undone and large
 * commitments where the venture's setting says so.
 */
export function secondPersonFor(
  { ceilings, reversible }: ClassPolicy,
  setting: SecondPerson,
  large: boolean,
): SecondPersonRule | null {
  if (ceilings.includes("money-leaves"))
    return { rule: "money-leaves", sentence: "Money leaves the holding: two people always have to approve." };
  if (setting !== "payments" && !reversible)
    return { rule: "irreversible", sentence: "It cannot be undone: two people have to approve." };
  if (setting === "large commitments" && large)
    return { rule: "large-commitment", sentence: "It is a large commitment: two people have to approve." };
  return null;
}

/** The approval that waits for a second one: given on the version before the one that waits. */
export type FirstApproval = { by: string; optionId: string | null; conditional: boolean };

/** The verdict as it is stored where two approvals are needed and this is the first. */
export const FIRST_APPROVAL = "first-approval";
