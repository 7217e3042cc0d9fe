//! Which certificates are trusted: signed by an authority that the client trusts, valid now, and for the name that was
//! asked for.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::{
    child::{SUCCESS, UNREACHABLE, run},
    client::*,
    server::Server,
};

/// Somebody who signs certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn valid_in(year: i32) -> CertificateParams {
    let mut params = params("localhost");
    params.not_before = date_time_ymd(year, 1, 1);
    params.not_after = date_time_ymd(year + 1, 1, 1);
    params
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = params(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    /// Its certificate as a file of this test in this process, for `SSL_CERT_FILE`.
    pub fn file(&self, test: &str) -> String {
        let name = format!("{test}-{}.pem", std::process::id());
        let path = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, &self.pem).expect("a file");
        path
    }

    fn sign(&self, params: &CertificateParams) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], key)
            .expect("a certificate and its key");
        Arc::new(config).into()
    }

    pub fn valid(&self, host: &str) -> TlsAcceptor {
        self.sign(&params(host))
    }
}

#[tokio::test]
async fn only_a_good_certificate_is_trusted() {
    let trusted = Authority::new("trusted");
    let stranger = Authority::new("stranger");
    let file = trusted.file("certificates");
    for (acceptor, end, why) in [
        (trusted.valid("localhost"), SUCCESS, ""),
        (stranger.valid("localhost"), UNREACHABLE, "UnknownIssuer"),
        (trusted.valid("other"), UNREACHABLE, "not valid for name"),
        (trusted.sign(&valid_in(2001)), UNREACHABLE, "expired"),
        (trusted.sign(&valid_in(3001)), UNREACHABLE, "not valid yet"),
    ] {
        let server = Server::start_tls(acceptor, [success()]).await;
        let printed = run(&server.url, &[("SSL_CERT_FILE", &file)]).await;
        assert!(printed.contains(end) && printed.contains(why), "{printed}");
        // Where it is not trusted, nothing of the request was sent.
        assert_eq!(server.count() == 1, end == SUCCESS, "{why}");
    }
}
