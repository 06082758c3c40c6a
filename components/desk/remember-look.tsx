"use client";

import { useEffect } from "react";
import { rememberChoice } from "@/components/shell/remember-choice";
import { LOOK_COOKIE } from "./last-look";

/** Once the desk has been seen, the next visit knows what is new. */
export function RememberLook({ look }: { look: string }) {
  useEffect(() => rememberChoice(LOOK_COOKIE, look), [look]);
  return null;
}
