/** The token stands after the #, so that it never reaches a log. */
export const invitationLink = (token: string): string => `${window.location.origin}/sign-in/invitation#${token}`;
