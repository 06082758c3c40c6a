import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { searchRoom } from "@/lib/data-room/queries/search";
import { roomParamsSchema } from "@/lib/data-room/schema";

export const GET = defineRoute({
  permission: "data-room:manage",
  params: roomParamsSchema.extend({ q: z.string().trim().min(2).max(200) }),
  run: async ({ actor, params: { roomId, q } }) => Response.json(await searchRoom(actor, roomId, q)),
});
