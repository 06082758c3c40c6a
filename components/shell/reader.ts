import "server-only";
import { cookies } from "next/headers";
import { ZONE_COOKIE, zoneOf } from "./zone";

/** The zone in which to write dates for whoever reads this page. */
export async function readerZone(): Promise<string> {
  return zoneOf((await cookies()).get(ZONE_COOKIE)?.value);
}
