import { defineGuestRoute } from "@/lib/auth/define-guest";
import { readPages } from "@/lib/data-room/actions/guest";
import { guestDocumentSchema } from "@/lib/data-room/schema/guests";

/** Sent when a guest leaves a page, also while the window closes; how long each page was in view. */
export const POST = defineGuestRoute({
  params: guestDocumentSchema,
  run: async ({ params, request }) => {
    const pages: unknown = await request.json().catch(() => null);
    const noted = await readPages({ ...params, pages: pages as never });
    return new Response(null, { status: noted.ok ? 204 : 400 });
  },
});
