// What this browser holds of other answers of the same application (the connection was gone when
// their page was closed) is sent from whichever of its pages is opened next.

export async function sendUnsent({ kept, session, person, texts, but }) {
  const left = [];
  for (const answer of kept.left()) {
    if (but.includes(answer.code)) continue;
    if (await isSaved(answer, { session, person })) kept.drop(answer.key);
    else left.push(answer);
  }
  if (left.length) tell(left, texts);
}

async function isSaved({ url, values, version, unsure }, { session, person }) {
  const body = new URLSearchParams({ ...values, version, person });
  for (const print of unsure) body.append("unsure", print);
  const headers = { Accept: "application/json", "X-CSRFToken": session.token };
  try {
    const response = await fetch(url, { method: "POST", body, headers });
    return response.ok && (await response.json()).state === "saved";
  } catch {
    return false;
  }
}

function tell(left, texts) {
  const note = texts.content.querySelector('[data-text="unsent"]').cloneNode(true);
  const sentence = note.querySelector("p");
  const [before, after] = sentence.textContent.split("[links]");
  const pages = new Map(left.map(({ code, page }) => [code, page]));
  const links = [...pages].flatMap(([code, page], index) => {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = code;
    return index ? [", ", link] : [link];
  });
  sentence.replaceChildren(before, ...links, after);
  document.querySelector("#main > .page-header, #main > header")?.after(note);
}
