// Asks the authenticator and sends its answer with the form. Without script, or without an authenticator, the page
// offers its other ways.
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));

const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = list => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }));

const ask = {
    create: options => navigator.credentials.create({
        publicKey: {
            ...options,
            challenge: bytes(options.challenge),
            user: { ...options.user, id: bytes(options.user.id) },
            excludeCredentials: named(options.excludeCredentials),
        },
    }),
    get: options => navigator.credentials.get({
        publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) },
    }),
};

// What toJSON() gives, also where password managers lack it.
const written = credential => {
    const { response } = credential;
    const part = name => response[name] ? { [name]: text(response[name]) } : {};
    return JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        authenticatorAttachment: credential.authenticatorAttachment,
        clientExtensionResults: credential.getClientExtensionResults(),
        response: {
            ...part("clientDataJSON"),
            ...part("attestationObject"),
            ...part("authenticatorData"),
            ...part("signature"),
            ...part("userHandle"),
            ...(response.getTransports ? { transports: response.getTransports() } : {}),
        },
    });
};

if (window.PublicKeyCredential) {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
        form.querySelector("button").hidden = false;
        form.addEventListener("submit", async submitted => {
            submitted.preventDefault();
            const problem = form.querySelector(".error[role=alert]");
            problem.hidden = true;
            try {
                const credential = await ask[form.dataset.passkey](JSON.parse(form.dataset.options));
                form.elements.Credential.value = written(credential);
                form.submit();
            } catch {
                problem.hidden = false;
            }
        });
    }
}
