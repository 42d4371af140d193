/*
 * What libssl says about DANE cases, for comparison with our own verifier. Reads cases from standard input, one word and its
 * value a line, and writes one line a case: id, verdict, X509_V_ERR code, depth of the error, depth of the match.
 *
 *   case ID | time SECONDS | name HOST | tlsa USAGE SELECTOR TYPE HEX | cert HEX | end
 *
 * Verdicts: verified, failed, no-usable-records. As SMTP clients do it: PKIX usages are not used (RFC 7672 section 3.1.3), names
 * are not checked for DANE-EE(3) (section 3.1.1), partial wildcards do not match, no local store.
 */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SSL_CTX *context;
static SSL *ssl;
static STACK_OF(X509) *chain;
static X509_VERIFY_PARAM *parameters;
static char id[256];
static int names, usable, broken;

static int digit_of(char letter) {
    return letter <= '9' ? letter - '0' : letter - 'a' + 10;
}

/* By hand: sscanf measures the rest of the line for every octet. */
static unsigned char *bytes_of(const char *hex, size_t *length) {
    size_t count = strlen(hex) / 2;
    unsigned char *bytes = malloc(count + 1);
    for (size_t i = 0; i < count; i++) bytes[i] = (unsigned char)(digit_of(hex[2 * i]) << 4 | digit_of(hex[2 * i + 1]));
    *length = count;
    return bytes;
}

static void begin(const char *name) {
    snprintf(id, sizeof id, "%s", name);
    ssl = SSL_new(context);
    SSL_set_connect_state(ssl);
    SSL_dane_enable(ssl, "base.invalid");
    SSL_dane_set_flags(ssl, DANE_FLAG_NO_DANE_EE_NAMECHECKS);
    parameters = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set1_host(parameters, NULL, 0);
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    chain = sk_X509_new_null();
    names = usable = broken = 0;
}

static void add_record(const char *text) {
    int usage, selector, type, at = 0;
    if (sscanf(text, "%d %d %d %n", &usage, &selector, &type, &at) < 3) return;
    if (usage != 2 && usage != 3) return;
    size_t length;
    unsigned char *data = bytes_of(text + at, &length);
    if (SSL_dane_tlsa_add(ssl, (uint8_t)usage, (uint8_t)selector, (uint8_t)type, data, length) > 0) usable++;
    free(data);
}

static void add_certificate(const char *hex) {
    size_t length;
    unsigned char *data = bytes_of(hex, &length);
    const unsigned char *p = data;
    X509 *certificate = d2i_X509(NULL, &p, (long)length);
    if (certificate == NULL || p != data + length) broken = 1;
    else sk_X509_push(chain, certificate);
    free(data);
}

static void judge(void) {
    X509_STORE_CTX *verification = X509_STORE_CTX_new();
    X509_STORE *store = X509_STORE_new();
    const char *verdict = "failed";
    int error = -1, depth = -1, matched = -1;
    if (usable == 0) verdict = "no-usable-records";
    else if (!broken && sk_X509_num(chain) > 0) {
        X509_STORE_CTX_init(verification, store, sk_X509_value(chain, 0), chain);
        X509_STORE_CTX_set0_dane(verification, SSL_get0_dane(ssl));
        X509_STORE_CTX_set_default(verification, "ssl_server");
        X509_VERIFY_PARAM_set_auth_level(parameters, 0);
        X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(verification), parameters);
        int ok = X509_verify_cert(verification);
        error = X509_STORE_CTX_get_error(verification);
        depth = X509_STORE_CTX_get_error_depth(verification);
        if (ok == 1 && error == X509_V_OK) {
            verdict = "verified";
            matched = SSL_get0_dane_authority(ssl, NULL, NULL);
        }
    }
    printf("%s %s %d %d %d\n", id, verdict, error, depth, matched);
    X509_STORE_CTX_free(verification);
    X509_STORE_free(store);
    sk_X509_pop_free(chain, X509_free);
    SSL_free(ssl);
    ERR_clear_error();
}

int main(void) {
    char *line = NULL;
    size_t size = 0;
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_dane_enable(context);
    while (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "case ", 5) == 0) begin(line + 5);
        else if (strncmp(line, "time ", 5) == 0) X509_VERIFY_PARAM_set_time(parameters, (time_t)atoll(line + 5));
        else if (strncmp(line, "name ", 5) == 0) {
            if (names++ == 0) X509_VERIFY_PARAM_set1_host(parameters, line + 5, 0);
            else X509_VERIFY_PARAM_add1_host(parameters, line + 5, 0);
        } else if (strncmp(line, "tlsa ", 5) == 0) add_record(line + 5);
        else if (strncmp(line, "cert ", 5) == 0) add_certificate(line + 5);
        else if (strcmp(line, "end") == 0) judge();
    }
    free(line);
    SSL_CTX_free(context);
    return 0;
}
