import { defineRoute } from "@/lib/auth/define-route";
import { takeStatement } from "@/lib/distribution/actions/records";
import { statementFileSchema } from "@/lib/distribution/schema/records";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { attachment } from "@/lib/integrations/documents/attachment";

/** A holder's frozen statement, byte for byte, for people of the holding. */
export const GET = defineRoute({
  permission: "report:read",
  params: statementFileSchema,
  run: async ({ params }) => {
    const taken = await takeStatement(params);
    if (!taken.ok) throw new AppError(taken.refusal as AppErrorCode);
    const { bytes, name } = taken.value;
    return attachment(bytes, name, "application/pdf", bytes.length);
  },
});
