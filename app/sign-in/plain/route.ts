import { plainSignIn } from "@/lib/auth/plain-sign-in";

export const POST = plainSignIn;
