import { defineGuestRoute } from "@/lib/auth/define-guest";
import { noteSearch } from "@/lib/data-room/actions/guest";
import { searchForGuest } from "@/lib/data-room/queries/guest-view";
import { guestSearchSchema } from "@/lib/data-room/schema/guests";

export const GET = defineGuestRoute({
  params: guestSearchSchema,
  run: async ({ guest, params }) => {
    await noteSearch(params);
    return Response.json(await searchForGuest(guest, params.q));
  },
});
