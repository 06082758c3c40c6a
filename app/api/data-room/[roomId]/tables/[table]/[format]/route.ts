import { defineRoute } from "@/lib/auth/define-route";
import { clock } from "@/lib/clock";
import { openRoomTable } from "@/lib/data-room/queries/tables";
import { roomTableSchema } from "@/lib/data-room/schema";
import { attachment } from "@/lib/integrations/documents/attachment";
import { tableFile } from "@/lib/integrations/table-file";

export const GET = defineRoute({
  permission: "data-room:manage",
  params: roomTableSchema,
  run: async ({ actor, params: { roomId, table, format } }) => {
    const now = clock.now();
    const opened = await openRoomTable(actor, roomId, table, now.toISOString().slice(0, 10));
    const { name, type, body } = tableFile(opened, { table, format, now });
    return attachment(body, name, type, null);
  },
});
