import { defineGuestRoute } from "@/lib/auth/define-guest";
import { noteSearch } from "@/lib/data-room/actions/guest";
import { searchForGuest } from "@/lib/data-room/queries/guest-view";
import { guestSearchSchema } from "@/lib/data-room/schema/guests";
import { AppError, type AppErrorCode } from "@/lib/errors";

export const GET = defineGuestRoute({
  params: guestSearchSchema,
  run: async ({ guest, params }) => {
    const noted = await noteSearch(params);
    if (!noted.ok) throw new AppError(noted.refusal as AppErrorCode);
    return Response.json(await searchForGuest(guest, params.q));
  },
});
