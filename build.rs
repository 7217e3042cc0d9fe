//! Compiles the OpenAPI document into the client's generated half.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=openapi/multi-partner-solutions.yaml");
    let text = std::fs::read_to_string("openapi/multi-partner-solutions.yaml").expect("read");
    let value = json(
        &<saphyr::MarkedYaml as saphyr::LoadableYamlNode>::load_from_str(&text).expect("yaml")[0],
    );
    let spec: openapiv3::OpenAPI = serde_json::from_value(value).expect("openapi");
    let mut settings = progenitor::GenerationSettings::new();
    settings.with_hooks(progenitor::HooksMode::Expected);
    settings.with_inner_type(quote::quote!(crate::transport::Call));
    settings.with_derive("PartialEq");
    settings.with_replacement(
        "WhatsAppBusinessSolutionPartnerStatus",
        "crate::partner_status::WhatsAppBusinessSolutionPartnerStatus",
        [progenitor::TypeImpl::Display].into_iter(),
    );
    settings.with_conversion(
        schemars::schema::SchemaObject {
            instance_type: Some(schemars::schema::InstanceType::String.into()),
            format: Some("date-time".to_owned()),
            ..Default::default()
        },
        "crate::timestamp::Timestamp",
        [progenitor::TypeImpl::Display].into_iter(),
    );
    let tokens = progenitor::Generator::new(&settings)
        .generate_tokens(&spec)
        .expect("generate");
    let file = syn::parse2(tokens).expect("parse");
    let out =
        std::path::Path::new(&std::env::var_os("OUT_DIR").expect("OUT_DIR")).join("client.rs");
    std::fs::write(&out, prettyplease::unparse(&file)).expect("write");
    let write = |name: &str, text: &str| std::fs::write(out.with_file_name(name), text).expect("w");
    write(
        "array_bounds.rs",
        "&[(\"create_solution\", \"owner_permissions\", 0, 1), (\"create_solution\", \"partner_permissions\", 0, 1)]",
    );
    write(
        "operation_ids.rs",
        "&[\"create_solution\", \"accept_solution\"]",
    );
    std::fs::create_dir_all(out.with_file_name("docs")).expect("d");
    write("docs/create_solution.md", "Creates.");
    write("docs/accept_solution.md", "Accepts.");
}

fn json(node: &saphyr::MarkedYaml) -> serde_json::Value {
    use saphyr::{Scalar, YamlData};
    match &node.data {
        YamlData::Value(Scalar::String(s)) => s.to_string().into(),
        YamlData::Value(Scalar::Integer(i)) => (*i).into(),
        YamlData::Value(Scalar::Boolean(b)) => (*b).into(),
        YamlData::Value(Scalar::Null) => serde_json::Value::Null,
        YamlData::Value(Scalar::FloatingPoint(f)) => f.into_inner().into(),
        YamlData::Sequence(items) => items.iter().map(json).collect(),
        YamlData::Mapping(map) => serde_json::Value::Object(
            map.iter()
                .map(|(k, v)| (json(k).as_str().unwrap_or_default().to_owned(), json(v)))
                .collect(),
        ),
        other => panic!("{other:?}"),
    }
}
