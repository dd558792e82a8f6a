// Whether somebody is signed in still, and the token that goes with every request.

/** The token that goes with every request; a new sign-in changes it. */
export class Session {
  constructor(field, url) {
    Object.assign(this, { field, url });
  }

  get token() {
    return this.field.value;
  }

  /** Whether somebody is signed in; takes over the token of now. */
  async renew() {
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
      const { token, signed_in: signedIn } = await answer.json();
      for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
        field.value = token;
      }
      return signedIn;
    } catch {
      return false;
    }
  }
}
