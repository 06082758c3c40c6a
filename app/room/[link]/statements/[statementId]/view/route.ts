import { defineHolderRoute } from "@/lib/auth/define-holder";
import { clock } from "@/lib/clock";
import { openStatement } from "@/lib/distribution/actions/holder";
import { readShown } from "@/lib/distribution/queries/records/holder-view";
import { holderStatementSchema } from "@/lib/distribution/schema/records";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { markedStatement } from "@/lib/integrations/documents/marked-statement";

/** A holder reads a statement: every page carries the address and the time. */
export const GET = defineHolderRoute({
  params: holderStatementSchema,
  run: async ({ holder, params }) => {
    const shown = await openStatement(params);
    if (!shown.ok) throw new AppError(shown.refusal as AppErrorCode);
    const bytes = await readShown(holder, params.statementId);
    if (!bytes) throw new AppError("NOT_FOUND");
    return markedStatement(shown.value, bytes, { email: holder.email, now: clock.now() });
  },
});
