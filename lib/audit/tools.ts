import { z } from "zod";
import { contradiction, defineTool, type Tool } from "@/lib/agents/define-tool";
import { isPermitted } from "@/lib/auth/permissions";
import { ok, refuse } from "@/lib/errors";
import { describeBreak, verifyChains } from "./queries";
import { verificationSchema } from "./schema";

/** A broken record is an error of the call, so that a scheduled command line notices by its exit code. */
const verify = defineTool({
  name: "audit.verify",
  description:
    "Recomputes the hash chain of every venture and of the holding, compares the chain heads and the daily seals, and names the first broken event.",
  input: z.strictObject({}),
  output: verificationSchema,
  effect: "read",
  pure: false,
  reads: [],
  writes: [],
  run: async (_input, { actor }) => {
    if (!actor || !isPermitted(actor.role, "audit:verify")) return refuse("FORBIDDEN");
    const result = await verifyChains();
    const broken = result.firstBreak;
    if (broken) return contradiction(`${broken.chain}[${broken.seq}]`, `${describeBreak(broken)} (${broken.problem})`);
    return ok({ result });
  },
});

export const auditTools: readonly Tool[] = [verify];
