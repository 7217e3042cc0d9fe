use super::*;

fn proof(token: &str, secret: &str) -> Result<String, String> {
    let proof = AppSecret::from(secret).proof(&AccessToken::from(token))?;
    Ok(proof.text().to_owned())
}

#[test]
fn the_proof_is_what_others_compute() {
    // By `openssl dgst -sha256 -hmac`; the second key is longer than a block of SHA-256, and so is hashed first.
    assert_eq!(
        proof("TOK", "s3cr3t").as_deref(),
        Ok("2315621bbf45cf8ff93b53381e595f59f73a76062d10ef2ebf65e29f043acd43")
    );
    let long = "0123456789abcdef".repeat(5);
    assert_eq!(
        proof("EAAG|tail", &long).as_deref(),
        Ok("eaeb373d969fa76247c032d5e30b12d326420bc53662566b4a29cf7486b40486")
    );
}

#[test]
fn what_is_no_app_secret() {
    assert_eq!(proof("TOK", ""), Err("the app secret is empty".to_owned()));
    for secret in [" s3cr3t", "s3cr3t\n", "s3c r3t", "s3cr3t\0", "sécret"] {
        let why = proof("TOK", secret).expect_err(secret);
        assert!(
            why.starts_with("the app secret holds a space, a line end"),
            "{why}"
        );
        assert!(!why.contains("r3t"), "{why}");
    }
}
