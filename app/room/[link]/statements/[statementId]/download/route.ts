import { defineHolderRoute } from "@/lib/auth/define-holder";
import { clock } from "@/lib/clock";
import { downloadStatement } from "@/lib/distribution/actions/holder";
import { readShown } from "@/lib/distribution/queries/records/holder-view";
import { holderStatementSchema } from "@/lib/distribution/schema/records";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { markedStatement } from "@/lib/integrations/documents/marked-statement";

/** A holder takes a statement along, with the address and the time on every page. */
export const GET = defineHolderRoute({
  params: holderStatementSchema,
  run: async ({ holder, params }) => {
    const shown = await downloadStatement(params);
    if (!shown.ok) throw new AppError(shown.refusal as AppErrorCode);
    const bytes = await readShown(holder, params.statementId);
    if (!bytes) throw new AppError("NOT_FOUND");
    return markedStatement(shown.value, bytes, { email: holder.email, now: clock.now() });
  },
});
